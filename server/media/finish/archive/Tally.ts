import { crc32 } from 'node:zlib';

/** What went into a track, or came out of it: enough to see any difference. */
export class Tally {
  packets = 0;
  bytes = 0;
  lastMs = 0;
  #digest = 0;

  /** `checksum`: CRC-32 of the data. */
  add({ ms, bytes, checksum }: { ms: number; bytes: number; checksum: number }): void {
    this.packets += 1;
    this.bytes += bytes;
    this.lastMs = ms;
    this.#digest = crc32(`${ms},${bytes},${checksum}\n`, this.#digest);
  }

  addData(data: Buffer, ms: number): void {
    this.add({ ms, bytes: data.length, checksum: crc32(data) });
  }

  equals(other: Tally): boolean {
    return (
      this.packets === other.packets &&
      this.bytes === other.bytes &&
      this.lastMs === other.lastMs &&
      this.#digest === other.#digest
    );
  }

  toString(): string {
    return `${this.packets} packets of ${this.bytes} bytes up to ${this.lastMs} ms`;
  }
}

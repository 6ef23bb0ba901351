import type { FileHandle } from 'node:fs/promises';

/** Memory is taken in such pieces: two or three flushes of a video, many of a voice. */
const CHUNK_BYTES = 32 * 1024;

export interface AppendFileOptions {
  /** Called with the first bytes to be written. */
  readonly open: () => Promise<FileHandle>;
  readonly onWritten: (bytes: number) => void;
}

/**
 * A file that only grows. Bytes are put together in memory and reach the system when `write` is
 * called: nothing is allocated or awaited for a single packet.
 */
export class AppendFile {
  readonly #options: AppendFileOptions;
  #handle: FileHandle | undefined;
  #chunk: Buffer = Buffer.alloc(0);
  /** Of the newest chunk: these bytes are still to be written. */
  #from = 0;
  #to = 0;
  /** What is to be written of older chunks. */
  #older: Buffer[] = [];
  #ended = false;
  #writing = false;
  #unsynced = false;

  constructor(options: AppendFileOptions) {
    this.#options = options;
  }

  get queued(): boolean {
    return this.#to > this.#from || this.#older.length > 0;
  }

  /** No more will come, and all of it is on disk. */
  get finished(): boolean {
    return this.#ended && !this.queued && !this.#writing && !this.#unsynced;
  }

  /** Something was written that may not be on disk yet. */
  get unsynced(): boolean {
    return this.#unsynced;
  }

  /** The next bytes of the file, to be filled at once. */
  reserve(bytes: number): Buffer {
    if (this.#to + bytes > this.#chunk.length) {
      if (this.#to > this.#from) this.#older.push(this.#chunk.subarray(this.#from, this.#to));
      this.#chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, bytes));
      this.#from = 0;
      this.#to = 0;
    }
    const reserved = this.#chunk.subarray(this.#to, this.#to + bytes);
    this.#to += bytes;
    return reserved;
  }

  append(bytes: Buffer): void {
    bytes.copy(this.reserve(bytes.length));
  }

  /** Nothing will be appended any more. */
  end(): void {
    this.#ended = true;
  }

  /** Hands all that is queued at this moment to the system. Never twice at once. */
  async write(): Promise<void> {
    if (!this.queued) return;
    this.#writing = true;
    this.#handle ??= await this.#options.open();
    let buffers = this.#take();
    while (buffers.length > 0) {
      const { bytesWritten } = await this.#handle.writev(buffers);
      // Only now: a sync that runs beside this write does not cover it.
      this.#unsynced = true;
      this.#options.onWritten(bytesWritten);
      buffers = skip(buffers, bytesWritten);
    }
    this.#writing = false;
  }

  /** Waits until all that was written before is on disk. */
  async sync(): Promise<void> {
    this.#unsynced = false;
    await this.#handle?.datasync();
  }

  /** What is still queued is lost. */
  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }

  #take(): Buffer[] {
    const buffers = this.#older;
    if (this.#to > this.#from) buffers.push(this.#chunk.subarray(this.#from, this.#to));
    this.#older = [];
    this.#from = this.#to;
    return buffers;
  }
}

/** What is left after a write that took less than it was given, as on a disk that is nearly full. */
const skip = (buffers: Buffer[], bytes: number): Buffer[] => {
  const rest: Buffer[] = [];
  let skipping = bytes;
  for (const buffer of buffers) {
    if (skipping < buffer.length) rest.push(buffer.subarray(skipping));
    skipping = Math.max(0, skipping - buffer.length);
  }
  return rest;
};

import { MediaStreamTrack } from 'werift';
import type { ClipPacket, TruthClip } from './clip.ts';
import { correctReport, onLeft, type Outlet } from './outgoing.ts';

/** A packet that left. Times are the process's (`performance.now`). */
export interface SentPacket {
  /** Of RTP. */
  readonly sequence: number;
  /** When it was to leave: its content is of this moment. */
  readonly dueMs: number;
  readonly wroteMs: number;
  /** Since the clip's zero, over all its rounds. */
  readonly clipMs: number;
}

/** What has been sent so far. */
export interface Sending {
  readonly clip: TruthClip;
  /** The process's time of the clip's zero. */
  readonly zeroMs: number;
  readonly sent: readonly SentPacket[];
  /** Undefined until something has left. */
  readonly outlet: Outlet | undefined;
  /** Of its clock: 100 ppm is done with a second 0.1 ms early. Absent: none. */
  readonly skewPpm?: number;
}

export interface TruthSourceOptions {
  readonly clip: TruthClip;
  /** The process's time of the clip's zero. */
  readonly zeroMs: number;
  /** Sequence number and time with which it begins. */
  readonly first: { readonly sequence: number; readonly timestamp: number };
}

/** libopus answers this much late: what goes in at 0 comes out of the decoder at 6.5 ms. */
const OPUS_DELAY_MS = 6.5;

/** Plays a clip in real time on a track, each packet when its content is due, and knows what left. */
export class TruthSource implements Sending {
  readonly track: MediaStreamTrack;
  readonly clip: TruthClip;
  readonly zeroMs: number;
  readonly sent: SentPacket[] = [];
  readonly #delayMs: number;
  #outlet: Outlet | undefined;
  #outletSinceMs = 0;
  #sequence: number;
  readonly #firstTimestamp: number;
  #next: number;
  #leaving = false;
  #isHeld = false;
  #timer: NodeJS.Timeout | undefined;

  constructor({ clip, zeroMs, first }: TruthSourceOptions) {
    const kind = clip.codec === 'opus' ? 'audio' : 'video';
    this.track = new MediaStreamTrack({ kind, id: crypto.randomUUID() });
    this.clip = clip;
    this.zeroMs = zeroMs;
    this.#delayMs = kind === 'audio' ? OPUS_DELAY_MS : 0;
    this.#sequence = first.sequence;
    this.#firstTimestamp = first.timestamp;
    onLeft(this.track, (outlet) => {
      if (outlet !== this.#outlet) this.#outletSinceMs = performance.now();
      this.#outlet = outlet;
      this.#leaving = true;
    });
    // What is past when the playing begins is not sent.
    this.#next = 0;
    const nowMs = performance.now();
    while (this.#dueMs(this.#next) < nowMs) this.#next += 1;
    this.#arm();
  }

  get outlet(): Outlet | undefined {
    return this.#outlet;
  }

  /** When the first packet left by the outlet of now: another one after the media has moved. */
  get outletSinceMs(): number {
    return this.#outletSinceMs;
  }

  /** How late packets were written. */
  get latenessMs(): number[] {
    return this.sent.map(({ dueMs, wroteMs }) => wroteMs - dueMs);
  }

  /** Sends nothing until the next key picture: an encoder that goes on after a while begins with one. */
  holdUntilKey(): void {
    this.#isHeld = this.track.kind === 'video';
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.track.stop();
  }

  #at(index: number): { packet: ClipPacket; clipMs: number } {
    const { packets, seconds } = this.clip;
    const packet = packets[index % packets.length]!;
    const round = Math.floor(index / packets.length);
    return { packet, clipMs: round * seconds * 1000 + packet.atMs };
  }

  #dueMs(index: number): number {
    return this.zeroMs + this.#at(index).clipMs - this.#delayMs;
  }

  #arm(): void {
    const waitMs = this.#dueMs(this.#next) - performance.now();
    this.#timer = setTimeout(() => this.#sendDue(), Math.max(0, Math.ceil(waitMs)));
  }

  #sendDue(): void {
    while (this.#dueMs(this.#next) <= performance.now()) {
      this.#send(this.#next);
      this.#next += 1;
    }
    this.#arm();
  }

  #send(index: number): void {
    const { packet, clipMs } = this.#at(index);
    if (this.#isHeld && clipMs % 1000 > 0) return;
    this.#isHeld = false;
    const { clockRate } = this.clip;
    const header = Buffer.alloc(12);
    header[0] = 0x80;
    header[1] = packet.marker ? 0x80 : 0;
    header.writeUInt16BE(this.#sequence & 0xffff, 2);
    const timestamp = this.#firstTimestamp + Math.round((clipMs * clockRate) / 1000);
    header.writeUInt32BE(timestamp % 2 ** 32, 4);
    this.#leaving = false;
    const wroteMs = performance.now();
    this.track.writeRtp(Buffer.concat([header, packet.payload]));
    if (!this.#leaving || !this.#outlet) return;
    const dueMs = this.#dueMs(index);
    correctReport(this.#outlet, wroteMs - dueMs);
    this.sent.push({ sequence: this.#sequence & 0xffff, dueMs, wroteMs, clipMs });
    // As in a browser, muting leaves no hole in the numbers.
    this.#sequence += 1;
  }
}

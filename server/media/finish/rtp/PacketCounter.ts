import { parseRtp } from './rtpPacket.ts';

/** A packet in its place in the stream, as it arrived. */
export interface Arrival {
  /** Sequence number that goes on over its wraps; counts each packet of a stream once. */
  readonly index: number;
  /** RTP timestamp that goes on over its wraps, in ticks of the stream's clock. */
  readonly rtpTime: number;
  readonly atMs: number;
  readonly marker: boolean;
  readonly payload: Buffer;
  /** No packet from further on in the stream had arrived yet. */
  readonly isNewest: boolean;
}

/** A later packet than this many before the newest is not looked for any more: twelve seconds of video. */
const WINDOW = 4096;
/** Between two beginnings of a stream: no packet of either falls into the other. */
const RESTART_DISTANCE = 2 * WINDOW;
/** So many packets seem to be missing at each restart that never were. */
export const RESTART_LOSS = RESTART_DISTANCE - 1;
/** Larger steps of the sequence number (RFC 3550, A.1) are believed if the timestamp went as far. */
const MAX_STEP = 3_000;
const MAX_STEP_MISFIT_MS = 2_000;
/** A packet of the stream before a restart that is still under way. */
const MAX_LATE_MS = 3_000;

/** Numbers the packets of a stream, and takes each of them once. */
export class PacketCounter {
  readonly #payloadType: number;
  readonly #ticksPerMs: number;
  readonly #seen = new Float64Array(WINDOW).fill(-1);
  #ssrc: number | undefined;
  #sequence = 0;
  #timestamp = 0;
  #index = RESTART_DISTANCE;
  #rtpTime = 0;
  #atMs = 0;
  #before: { sequence: number; atMs: number } | undefined;
  /** Packets that were there already. */
  duplicates = 0;
  restarts = 0;

  constructor({ payloadType, clockRate }: { payloadType: number; clockRate: number }) {
    this.#payloadType = payloadType;
    this.#ticksPerMs = clockRate / 1000;
  }

  /** Undefined: nothing new, or not of this stream. */
  take(bytes: Buffer, atMs: number): Arrival | undefined {
    const packet = parseRtp(bytes);
    if (packet?.payloadType !== this.#payloadType) return undefined;
    const { sequenceNumber, timestamp, ssrc, marker, payload } = packet;
    if (this.#ssrc === undefined) {
      this.#begin(sequenceNumber, timestamp, atMs);
    } else if (this.#ssrc !== ssrc) {
      this.#restart(sequenceNumber, timestamp, atMs);
    }
    this.#ssrc = ssrc;
    let step = wrapped16(sequenceNumber - this.#sequence);
    const ticks = (timestamp - this.#timestamp) | 0;
    if (Math.abs(step) > MAX_STEP && !this.#fits(step, ticks, atMs)) {
      if (this.#isOfBefore(sequenceNumber, atMs)) return undefined;
      this.#restart(sequenceNumber, timestamp, atMs);
      step = 0;
    }
    const index = this.#index + step;
    const rtpTime = this.#rtpTime + (step === 0 ? 0 : ticks);
    if (step <= -WINDOW || this.#seen[index % WINDOW] === index) {
      this.duplicates += 1;
      return undefined;
    }
    this.#seen[index % WINDOW] = index;
    const isNewest = step >= 0;
    if (isNewest) this.#advance({ index, rtpTime, sequenceNumber, timestamp, atMs });
    return { index, rtpTime, atMs, marker, payload, isNewest };
  }

  /** An RTP time of the stream as it is now, in the same count as `rtpTime` of its packets. */
  unwrap(timestamp: number): number {
    return this.#rtpTime + ((timestamp - this.#timestamp) | 0);
  }

  #begin(sequence: number, timestamp: number, atMs: number): void {
    this.#sequence = sequence;
    this.#timestamp = timestamp;
    this.#rtpTime = timestamp;
    this.#atMs = atMs;
  }

  /** The stream goes on with other numbers; its time does as well. */
  #restart(sequence: number, timestamp: number, atMs: number): void {
    this.restarts += 1;
    this.#before = { sequence: this.#sequence, atMs };
    this.#rtpTime += (timestamp - this.#timestamp) | 0;
    this.#index += RESTART_DISTANCE;
    this.#sequence = sequence;
    this.#timestamp = timestamp;
    this.#atMs = atMs;
  }

  #advance(newest: {
    index: number;
    rtpTime: number;
    sequenceNumber: number;
    timestamp: number;
    atMs: number;
  }): void {
    this.#index = newest.index;
    this.#rtpTime = newest.rtpTime;
    this.#sequence = newest.sequenceNumber;
    this.#timestamp = newest.timestamp;
    this.#atMs = newest.atMs;
  }

  #fits(step: number, ticks: number, atMs: number): boolean {
    const misfitMs = ticks / this.#ticksPerMs - (atMs - this.#atMs);
    return step > 0 && Math.abs(misfitMs) < MAX_STEP_MISFIT_MS;
  }

  #isOfBefore(sequence: number, atMs: number): boolean {
    return (
      this.#before !== undefined &&
      atMs - this.#before.atMs < MAX_LATE_MS &&
      Math.abs(wrapped16(sequence - this.#before.sequence)) <= MAX_STEP
    );
  }
}

/** A difference of sequence numbers the shorter way round. */
const wrapped16 = (difference: number): number => (difference << 16) >> 16;

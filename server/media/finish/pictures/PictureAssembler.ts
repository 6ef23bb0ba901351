import type { Ordered } from '../rtp/ReorderBuffer.ts';
import type { CodedPicture, PictureCodec } from './PictureCodec.ts';

export interface TimedPicture extends CodedPicture {
  /** Of its first packet. */
  readonly index: number;
  readonly rtpTime: number;
}

interface Pending {
  readonly index: number;
  readonly rtpTime: number;
  readonly payloads: Buffer[];
  damaged: boolean;
}

/**
 * Packets in order -> whole pictures. One with a missing packet is left out, and so is all that
 * follows up to the next key picture: a picture that stands still is better than a smeared one.
 */
export class PictureAssembler {
  readonly #codec: PictureCodec;
  #pending: Pending | undefined;
  #waitsForKey = true;
  #hasBegun = false;
  /** A few senders set none. */
  #setsMarkers = false;
  /** Pictures left out because of missing packets, with those that depend on them. */
  dropped = 0;

  constructor(codec: PictureCodec) {
    this.#codec = codec;
  }

  /** The pictures that are whole now: none, one, or two. What is cut off at the end never is. */
  push(packet: Ordered): TimedPicture[] {
    const whole: TimedPicture[] = [];
    const { payload, rtpTime, index, missing, marker } = packet;
    if (this.#pending && this.#pending.rtpTime !== rtpTime && payload.length > 0) {
      // Without its marker a picture may have had more packets. Numbers do not always tell: those
      // of a consumer go on without a hole after a pause or a change of layers.
      const isCut = this.#codec.needsMarker && this.#setsMarkers;
      if (missing > 0 || isCut) this.#pending.damaged = true;
      this.#finish(whole);
    }
    if (missing > 0) {
      if (this.#pending) this.#pending.damaged = true;
      this.#waitsForKey = true;
    }
    // Bare padding has no part in any picture.
    if (payload.length === 0) return whole;
    if (this.#pending) {
      this.#pending.payloads.push(payload);
    } else {
      const damaged = !this.#codec.isStart(payload);
      this.#pending = { index, rtpTime, payloads: [payload], damaged };
    }
    if (!marker) return whole;
    this.#setsMarkers = true;
    this.#finish(whole);
    return whole;
  }

  #finish(whole: TimedPicture[]): void {
    const pending = this.#pending;
    if (!pending) return;
    this.#pending = undefined;
    const picture = pending.damaged ? undefined : this.#codec.assemble(pending.payloads);
    if (picture === 'none') return;
    if (!picture) this.#waitsForKey = true;
    if (picture?.isKey === true) this.#waitsForKey = false;
    if (!picture || this.#waitsForKey) {
      // Before the first key picture there was nothing to lose.
      if (this.#hasBegun) this.dropped += 1;
      return;
    }
    this.#hasBegun = true;
    whole.push({ ...picture, index: pending.index, rtpTime: pending.rtpTime });
  }
}

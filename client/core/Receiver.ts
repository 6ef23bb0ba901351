import type { ServerRequestData } from '../../server/protocol/signaling.ts';
import type { Consumer, Transport } from './mediasoup.ts';
import type { types } from 'mediasoup-client';

export type TrackOffer = ServerRequestData<'offerTrack'>;

export interface ReceiverOptions {
  readonly transport: Transport;
  readonly onReceived: (trackId: string, track: MediaStreamTrack) => void;
  readonly onGone: (trackId: string) => void;
}

interface Reception {
  readonly consumerId: string;
  readonly done: Promise<void>;
  consumer: Consumer | null;
}

/** The consumers of one media session, by track id; at most one for each track. */
export class Receiver {
  readonly #options: ReceiverOptions;
  readonly #receptions = new Map<string, Reception>();

  #newestAt = 0;

  constructor(options: ReceiverOptions) {
    this.#options = options;
  }

  /** Resolves when packets may flow. An offer that came before (we resumed) is answered at once. */
  async accept(offer: TrackOffer): Promise<void> {
    const known = this.#receptions.get(offer.trackId);
    if (known?.consumerId === offer.consumerId) return known.done;
    if (known) this.drop(offer.trackId);
    const reception: Reception = {
      consumerId: offer.consumerId,
      consumer: null,
      // mediasoup-client takes offers in the order of these calls, several in one negotiation.
      done: this.#consume(offer),
    };
    this.#receptions.set(offer.trackId, reception);
    await reception.done;
  }

  /** The track is gone, or another consumer takes its place. */
  drop(trackId: string): void {
    const reception = this.#receptions.get(trackId);
    if (!reception) return;
    this.#receptions.delete(trackId);
    reception.consumer?.close();
    this.#options.onGone(trackId);
  }

  /** After a resume: what the room no longer has is dropped. */
  keepOnly(trackIds: ReadonlySet<string>): void {
    for (const trackId of this.#receptions.keys()) {
      if (!trackIds.has(trackId)) this.drop(trackId);
    }
  }

  trackIds(): string[] {
    return [...this.#receptions.keys()];
  }

  consumers(): [trackId: string, consumer: Consumer][] {
    return [...this.#receptions].flatMap(([trackId, { consumer }]) =>
      consumer ? [[trackId, consumer]] : [],
    );
  }

  /** Has a packet of any track come since this was last asked? */
  hasMediaCome(): boolean {
    const newest = Math.max(
      0,
      ...this.consumers().map(([, { rtpReceiver }]) => newestAt(rtpReceiver)),
    );
    const come = newest > this.#newestAt;
    this.#newestAt = newest;
    return come;
  }

  close(): void {
    this.keepOnly(new Set());
  }

  async #consume(offer: TrackOffer): Promise<void> {
    // Entered synchronously, so that the order of calls is the order of offers; the reception is in
    // the map by the time the consumer exists.
    const isCurrent = () => this.#receptions.get(offer.trackId)?.consumerId === offer.consumerId;
    const screen = offer.source === 'screen' || offer.source === 'screenAudio';
    let consumer: Consumer;
    try {
      consumer = await this.#options.transport.consume({
        id: offer.consumerId,
        producerId: offer.trackId,
        kind: offer.kind,
        // mediasoup's type and mediasoup-client's differ in how they write `optional`.
        rtpParameters: offer.rtpParameters as types.RtpParameters,
        // One stream for what belongs together: the browser keeps its sound and picture in step.
        streamId: screen ? `${offer.participantId}-screen` : offer.participantId,
      });
    } catch (error) {
      if (isCurrent()) this.#receptions.delete(offer.trackId);
      throw error;
    }
    const reception = this.#receptions.get(offer.trackId);
    if (!reception || !isCurrent()) {
      consumer.close();
      throw new Error('the track went away');
    }
    reception.consumer = consumer;
    this.#options.onReceived(offer.trackId, consumer.track);
  }
}

/** When the newest packet was played or shown, by a clock of the browser's; 0: never, or unknown. */
const newestAt = (receiver: RTCRtpReceiver | undefined): number => {
  if (typeof receiver?.getSynchronizationSources !== 'function') return 0;
  return Math.max(0, ...receiver.getSynchronizationSources().map(({ timestamp }) => timestamp));
};

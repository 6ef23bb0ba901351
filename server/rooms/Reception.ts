import type { types } from 'mediasoup';
import { AppError } from '../base/AppError.ts';
import type { Logger } from '../base/logger.ts';
import { SerialQueue } from '../base/SerialQueue.ts';
import type { View } from '../protocol/signaling.ts';
import type { MediaRoom } from './MediaRoom.ts';
import type { Track } from './Member.ts';
import { Subscription, type TileView } from './Subscription.ts';
import type { Wire } from './Wire.ts';

export interface ReceptionOptions {
  readonly media: MediaRoom;
  readonly transport: types.WebRtcTransport;
  readonly wire: Wire;
  readonly logger: Logger;
}

/** What a participant receives in one media session. */
export class Reception {
  readonly #options: ReceptionOptions;
  readonly #subscriptions = new Map<string, Subscription>();
  /** One consumer is built after the other: the client takes them in this order. */
  readonly #steps = new SerialQueue();
  /** What the client can receive; nothing is offered before it is known. */
  #rtpCapabilities: types.RtpCapabilities | undefined;
  #view: Map<string, TileView> | undefined;

  constructor(options: ReceptionOptions) {
    this.#options = options;
  }

  /** AppError `wrong_state` when it has begun already. */
  begin(rtpCapabilities: types.RtpCapabilities): void {
    if (this.#rtpCapabilities) throw new AppError('wrong_state', 'Already receiving');
    this.#rtpCapabilities = rtpCapabilities;
  }

  offer(track: Track): void {
    const rtpCapabilities = this.#rtpCapabilities;
    if (!rtpCapabilities) return;
    this.#steps
      .run(() => this.#subscribe(track, rtpCapabilities))
      .catch((error: unknown) => {
        const { transport, logger } = this.#options;
        if (!transport.closed) logger.warn({ err: error }, 'offer failed');
      });
  }

  retract(track: Track): void {
    this.#subscriptions.get(track.id)?.close();
  }

  renew(track: Track): void {
    this.#subscriptions.get(track.id)?.renew();
  }

  /** After a resume: what the client never agreed to is offered again. */
  repeatOffers(): void {
    for (const subscription of this.#subscriptions.values()) {
      if (!subscription.accepted) this.#invite(subscription);
    }
  }

  /** Takes the client's word for what it shows, and sends it that and no more. */
  setView(view: View): void {
    this.#view = new Map(view.map(({ trackId, width, height }) => [trackId, { width, height }]));
    for (const subscription of this.#subscriptions.values()) {
      subscription.show(this.#viewOf(subscription.track));
    }
  }

  /** The transport's end ends the consumers. */
  close(): void {
    this.#steps.close();
  }

  async #subscribe(track: Track, rtpCapabilities: types.RtpCapabilities): Promise<void> {
    const { media, transport, wire, logger } = this.#options;
    if (track.producer.closed || this.#subscriptions.has(track.id)) return;
    if (!media.canConsume(track.id, rtpCapabilities)) return;
    const consumer = await transport.consume({
      producerId: track.id,
      rtpCapabilities,
      paused: true,
    });
    // The worker's answer and either end can cross.
    if (track.producer.closed || transport.closed) consumer.close();
    if (consumer.closed) return;
    const subscription = new Subscription(track, consumer, this.#viewOf(track), logger);
    this.#subscriptions.set(track.id, subscription);
    consumer.observer.once('close', () => this.#subscriptions.delete(track.id));
    consumer.on('layerschange', (layers) => {
      const spatialLayer = layers?.spatialLayer ?? null;
      wire.notify({ name: 'layerChanged', data: { trackId: track.id, spatialLayer } });
    });
    this.#invite(subscription);
  }

  #invite(subscription: Subscription): void {
    const { track, consumer } = subscription;
    this.#options.wire
      .request('offerTrack', {
        trackId: track.id,
        participantId: track.memberId,
        kind: track.kind,
        source: track.source,
        consumerId: consumer.id,
        rtpParameters: consumer.rtpParameters,
      })
      .then(
        () => subscription.accept(),
        (error: unknown) => this.#options.logger.debug({ err: error }, 'offer not taken'),
      );
  }

  #viewOf(track: Track): TileView {
    if (track.kind === 'audio' || !this.#view) return 'everything';
    return this.#view.get(track.id) ?? 'nothing';
  }
}

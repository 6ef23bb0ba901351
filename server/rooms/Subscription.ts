import type { types } from 'mediasoup';
import type { Logger } from '../base/logger.ts';
import { chooseLayer, tilePriority, type Pixels } from './layers.ts';
import type { Track } from './Member.ts';

/**
 * What the receiver shows of a track: `everything` until it has said, `nothing` when its tile is
 * out of sight, else the tile's size in device pixels.
 */
export type TileView = 'everything' | 'nothing' | Pixels;

/** One track on its way to one participant. Packets flow once the client has agreed to it. */
export class Subscription {
  readonly track: Track;
  readonly consumer: types.Consumer;
  readonly #logger: Logger;
  #accepted = false;
  #view: TileView;
  #flowing = false;
  #layer: number | undefined;

  constructor(track: Track, consumer: types.Consumer, view: TileView, logger: Logger) {
    this.track = track;
    this.consumer = consumer;
    this.#view = view;
    this.#logger = logger;
  }

  get accepted(): boolean {
    return this.#accepted;
  }

  /** The client has built its end. */
  accept(): void {
    this.#accepted = true;
    this.#apply();
  }

  show(view: TileView): void {
    if (this.track.kind === 'audio') return;
    this.#view = view;
    this.#apply();
  }

  /** Packets were lost for longer than sender and receiver can make up for: a whole picture mends it. */
  renew(): void {
    if (this.#flowing && this.track.kind === 'video') this.#step(this.consumer.requestKeyFrame());
  }

  close(): void {
    this.consumer.close();
  }

  #apply(): void {
    if (this.consumer.closed) return;
    this.#chooseLayer();
    const wanted = this.#accepted && this.#view !== 'nothing';
    if (wanted === this.#flowing) return;
    this.#flowing = wanted;
    this.#step(wanted ? this.consumer.resume() : this.consumer.pause());
  }

  #chooseLayer(): void {
    const layered = this.consumer.type === 'simulcast' || this.consumer.type === 'svc';
    if (!layered || typeof this.#view === 'string') return;
    const { encodings = [] } = this.track.producer.rtpParameters;
    const layer = chooseLayer(encodings, this.track, this.#view);
    if (layer === this.#layer) return;
    this.#layer = layer;
    this.#step(this.consumer.setPreferredLayers({ spatialLayer: layer }));
    this.#step(this.consumer.setPriority(tilePriority(this.#view)));
  }

  /** Steps reach the worker in order; one that fails because the consumer just closed is moot. */
  #step(step: Promise<void>): void {
    step.catch((error: unknown) => {
      if (!this.consumer.closed) this.#logger.warn({ err: error }, 'consumer refused a step');
    });
  }
}

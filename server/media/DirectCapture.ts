import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import type { Clock } from '../base/Clock.ts';
import type { Capture, CaptureEvents } from '../rooms/MediaRoom.ts';
import { GapWatch } from './GapWatch.ts';
import type { SenderClock } from './SenderClock.ts';

/** A whole picture costs its sender ten ordinary ones; two a second are the most that helps. */
const KEY_FRAME_INTERVAL_MS = 500;

/** mediasoup takes the best that there is. */
const TOP_LAYERS = { spatialLayer: 7, temporalLayer: 7 } as const;

/**
 * Nothing is congested within one machine, and numbering and answering each packet for an estimate of
 * bandwidth costs the worker 3.6 times the CPU.
 */
const ESTIMATING_FEEDBACK = new Set(['transport-cc', 'goog-remb']);
const ESTIMATING_EXTENSIONS: ReadonlySet<string> = new Set([
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
]);

/** From NTP's zero in 1900 to the one of 1970 (RFC 5905). */
const NTP_EPOCH_MS = 2_208_988_800_000;

/**
 * The layers of simulcast have RTP time lines of their own and mediasoup sends on that of one of them,
 * which one it does not tell. A report of another layer is off by hours, one of the right layer by less.
 */
const SAME_TIMELINE_S = 2;

export interface DirectCaptureOptions {
  readonly transport: types.DirectTransport;
  readonly producer: types.Producer;
  /** Of the router. */
  readonly rtpCapabilities: types.RtpCapabilities;
  /** Shared by all tracks of one sender. */
  readonly senderClock: SenderClock;
  readonly clock: Clock;
}

/** A consumer whose packets come to this process instead of going to a client. */
export class DirectCapture extends EventEmitter<CaptureEvents> implements Capture {
  readonly rtpParameters: types.RtpParameters;
  readonly #consumer: types.Consumer;
  readonly #producer: types.Producer;
  readonly #senderClock: SenderClock;
  readonly #clock: Clock;
  readonly #clockRate: number;
  readonly #gaps: GapWatch | undefined;
  readonly #layered: boolean;
  #closed = false;
  #flowing = false;
  #keyFrameAskedMs = Number.NEGATIVE_INFINITY;
  #cancelKeyFrame: (() => void) | undefined;
  /** RTP time of the newest packet and when it came; of layered streams only. */
  #newest: { timestamp: number; atMs: number } | undefined;

  /** Rejects when the producer or the transport is gone. */
  static async create(options: DirectCaptureOptions): Promise<DirectCapture> {
    const { transport, producer, rtpCapabilities } = options;
    const consumer = await transport.consume({
      producerId: producer.id,
      rtpCapabilities: withoutEstimates(rtpCapabilities),
      preferredLayers: TOP_LAYERS,
      // Nothing is lost on the way from the worker; what is lost before is asked for by the producer.
      enableRtx: false,
      paused: true,
    });
    const capture = new DirectCapture(consumer, options);
    // The reports themselves stop at the router: a DirectTransport sends none of its own.
    producer.enableTraceEvent(['sr']).catch(() => capture.close());
    return capture;
  }

  private constructor(
    consumer: types.Consumer,
    { producer, senderClock, clock }: DirectCaptureOptions,
  ) {
    super();
    this.rtpParameters = consumer.rtpParameters;
    this.#consumer = consumer;
    this.#producer = producer;
    this.#senderClock = senderClock;
    this.#clock = clock;
    this.#clockRate = this.rtpParameters.codecs[0]?.clockRate ?? 1;
    this.#layered = consumer.type === 'simulcast';
    if (consumer.kind === 'video') {
      this.#gaps = new GapWatch(clock, () => this.requestKeyFrame());
    }
    consumer.on('rtp', (rtp) => this.#take(rtp));
    consumer.on('producerclose', () => this.close());
    consumer.on('transportclose', () => this.close());
    // It numbers its packets anew after a pause.
    consumer.on('producerpause', () => this.#gaps?.reset());
    producer.on('trace', this.#onTrace);
  }

  pause(): void {
    this.#flowing = false;
    this.#gaps?.reset();
    this.#step(this.#consumer.pause());
  }

  /** The worker itself asks the sender for a whole picture. */
  resume(): void {
    this.#flowing = true;
    this.#step(this.#consumer.resume());
  }

  requestKeyFrame(): void {
    if (this.#closed || this.#consumer.kind !== 'video' || this.#cancelKeyFrame) return;
    const waitMs = this.#keyFrameAskedMs + KEY_FRAME_INTERVAL_MS - this.#clock.elapsed();
    if (waitMs <= 0) this.#askForKeyFrame();
    else this.#cancelKeyFrame = this.#clock.after(waitMs, () => this.#askForKeyFrame());
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#gaps?.reset();
    this.#cancelKeyFrame?.();
    this.#producer.off('trace', this.#onTrace);
    this.#consumer.close();
    this.emit('closed');
  }

  #take(rtp: Buffer): void {
    if (!this.#flowing) return;
    this.#gaps?.see(rtp.readUInt16BE(2));
    if (this.#layered) {
      this.#newest = { timestamp: rtp.readUInt32BE(4), atMs: this.#clock.elapsed() };
    }
    this.emit('packet', rtp);
  }

  readonly #onTrace = ({ type, timestamp, info }: types.ProducerTraceEventData): void => {
    if (type !== 'sr' || !this.#flowing) return;
    const { ntpSec, ntpFrac, rtpTs } = info;
    if (!isPositive(ntpSec) || typeof ntpFrac !== 'number' || typeof rtpTs !== 'number') return;
    const senderMs = ntpSec * 1000 + (ntpFrac * 1000) / 2 ** 32 - NTP_EPOCH_MS;
    const ntpMs = this.#senderClock.toWorkerMs(senderMs, timestamp);
    if (this.#isOfThisTimeline(rtpTs)) {
      this.emit('senderReport', { rtpTimestamp: rtpTs, ntpMs });
    }
  };

  #isOfThisTimeline(rtpTimestamp: number): boolean {
    if (!this.#layered) return true;
    if (!this.#newest) return false;
    const passedS = (this.#clock.elapsed() - this.#newest.atMs) / 1000;
    // Signed, as the numbers wrap around.
    const aheadS = ((rtpTimestamp - this.#newest.timestamp) | 0) / this.#clockRate;
    return Math.abs(aheadS - passedS) < SAME_TIMELINE_S;
  }

  #askForKeyFrame(): void {
    this.#cancelKeyFrame = undefined;
    this.#keyFrameAskedMs = this.#clock.elapsed();
    this.#step(this.#consumer.requestKeyFrame());
  }

  /** A step fails when the consumer or its worker is just going; `closed` tells it if nothing did. */
  #step(step: Promise<void>): void {
    step.catch(() => this.close());
  }
}

const withoutEstimates = ({
  codecs = [],
  headerExtensions = [],
}: types.RtpCapabilities): types.RtpCapabilities => ({
  codecs: codecs.map(({ rtcpFeedback = [], ...codec }) => ({
    ...codec,
    rtcpFeedback: rtcpFeedback.filter(({ type }) => !ESTIMATING_FEEDBACK.has(type)),
  })),
  headerExtensions: headerExtensions.filter(({ uri }) => !ESTIMATING_EXTENSIONS.has(uri)),
});

const isPositive = (value: unknown): value is number => typeof value === 'number' && value > 0;

import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import { systemClock, type Clock } from '../base/Clock.ts';
import type { MediaRoom, MediaRoomEvents } from '../rooms/MediaRoom.ts';
import { DirectCapture } from './DirectCapture.ts';
import { DirectPlayer } from './DirectPlayer.ts';
import { SenderClock } from './SenderClock.ts';

/** More often costs a message to everybody each time; less often makes speaking look late. */
const AUDIO_LEVEL_INTERVAL_MS = 400;
/** Quieter than this is not speaking. */
const AUDIO_LEVEL_THRESHOLD_DBOV = -55;
/** How many voices are told at once. */
const AUDIO_LEVEL_MAX_ENTRIES = 8;

/** Where a new receiver's bandwidth estimate starts: high enough for a first sharp picture. */
const INITIAL_OUTGOING_BITRATE_BPS = 1_000_000;

/**
 * Without STUN consent for this long a client counts as gone (RFC 7675 allows 30 s). Shorter takes
 * ghosts away sooner, longer rides out longer holes.
 */
const ICE_CONSENT_TIMEOUT_S = 15;

/** Rotation beside the picture (3GPP TS 26.114): files cannot say it, and Firefox does not read it. */
const ORIENTATION = 'urn:3gpp:video-orientation';

/** A room's media: one router on one worker. */
export class MediasoupRoom extends EventEmitter<MediaRoomEvents> implements MediaRoom {
  readonly #router: types.Router;
  readonly #webRtcServer: types.WebRtcServer;
  readonly #clock: Clock;
  /** Whatever comes over one transport has one sender. */
  readonly #senderClocks = new WeakMap<types.Producer, SenderClock>();
  #speakers: Promise<Speakers> | undefined;
  /** One for all captures and players, made with the first. */
  #direct: Promise<types.DirectTransport> | undefined;

  constructor(router: types.Router, webRtcServer: types.WebRtcServer, clock: Clock = systemClock) {
    super();
    this.#router = router;
    this.#webRtcServer = webRtcServer;
    this.#clock = clock;
    router.once('workerclose', () => this.emit('lost'));
    router.observer.on('newtransport', ({ observer }) => {
      const senderClock = new SenderClock();
      observer.on('newproducer', (producer) => this.#senderClocks.set(producer, senderClock));
    });
  }

  get id(): string {
    return this.#router.id;
  }

  get closed(): boolean {
    return this.#router.closed;
  }

  /** Without the extension that says which way up a picture is: whoever sends one turns it instead. */
  get rtpCapabilities(): types.RtpCapabilities {
    const { headerExtensions = [], ...rest } = this.#router.rtpCapabilities;
    return {
      ...rest,
      headerExtensions: headerExtensions.filter(({ uri }) => uri !== ORIENTATION),
    };
  }

  createTransport(): Promise<types.WebRtcTransport> {
    return this.#router.createWebRtcTransport({
      webRtcServer: this.#webRtcServer,
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
      initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BITRATE_BPS,
      iceConsentTimeout: ICE_CONSENT_TIMEOUT_S,
    });
  }

  canConsume(trackId: string, rtpCapabilities: types.RtpCapabilities): boolean {
    return this.#router.canConsume({ producerId: trackId, rtpCapabilities });
  }

  async observe(producer: types.Producer): Promise<void> {
    this.#speakers ??= this.#createSpeakers();
    const { level, dominant } = await this.#speakers;
    const { id: producerId } = producer;
    await Promise.all([level.addProducer({ producerId }), dominant.addProducer({ producerId })]);
  }

  async capture(producer: types.Producer): Promise<DirectCapture> {
    return DirectCapture.create({
      transport: await this.#directTransport(),
      producer,
      rtpCapabilities: this.#router.rtpCapabilities,
      senderClock: this.#senderClocks.get(producer) ?? new SenderClock(),
      clock: this.#clock,
    });
  }

  async play(): Promise<DirectPlayer> {
    return DirectPlayer.create(await this.#directTransport(), this.#clock);
  }

  close(): void {
    this.#router.close();
  }

  async #directTransport(): Promise<types.DirectTransport> {
    this.#direct ??= this.#router.createDirectTransport();
    return this.#direct.catch((error: unknown) => {
      this.#direct = undefined;
      throw error;
    });
  }

  /** Made with the first voice: a room without one does not pay for observers. */
  async #createSpeakers(): Promise<Speakers> {
    const [level, dominant] = await Promise.all([
      this.#router.createAudioLevelObserver({
        interval: AUDIO_LEVEL_INTERVAL_MS,
        threshold: AUDIO_LEVEL_THRESHOLD_DBOV,
        maxEntries: AUDIO_LEVEL_MAX_ENTRIES,
      }),
      this.#router.createActiveSpeakerObserver({ interval: AUDIO_LEVEL_INTERVAL_MS }),
    ]);
    level.on('volumes', (volumes) => {
      this.emit(
        'audioLevels',
        volumes.map(({ producer, volume }) => ({ trackId: producer.id, volume })),
      );
    });
    level.on('silence', () => this.emit('audioLevels', []));
    dominant.on('dominantspeaker', ({ producer }) => {
      this.emit('dominantVoiceChanged', producer.id);
    });
    return { level, dominant };
  }
}

interface Speakers {
  readonly level: types.AudioLevelObserver;
  readonly dominant: types.ActiveSpeakerObserver;
}

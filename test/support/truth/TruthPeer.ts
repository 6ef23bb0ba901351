import { Device } from 'mediasoup-client';
import type { Source } from '../../../server/protocol/media.ts';
import { Peer, type PeerOptions } from '../peer.ts';
import { waitFor } from '../waitFor.ts';
import type { Act } from './cast.ts';
import { truthClip, type ClipCodec } from './clip.ts';
import type { Impairment } from './Impairment.ts';
import './outgoing.ts';
import { TruthSource, type Sending } from './TruthSource.ts';

/** Times of the process (`performance.now`) between which it is open what others get. */
export type Doubt = readonly [fromMs: number, toMs: number];

/** A track as whoever judges a recording needs to know it. */
export interface TruthTrack {
  readonly source: Source;
  readonly sending: Sending;
  /** While somebody begins, mutes, comes back: there a flash or beep may be had or not. */
  readonly doubts: Doubt[];
}

/** The same while it is being sent. */
interface LiveTrack extends TruthTrack {
  readonly sending: TruthSource;
}

export interface TruthPeerOptions extends Pick<PeerOptions, 'url' | 'room' | 'name' | 'token'> {
  /** What its picture and sound say, 1 to 5; its screen says ten more. */
  readonly n: number;
  readonly video?: Exclude<ClipCodec, 'opus'> | 'none';
  readonly sound?: boolean;
  /** Of its clips; at most 128. */
  readonly clipSeconds?: number;
  /** What its packets go through. */
  readonly impairment?: Impairment;
}

/** From the server's answer until everybody, a recorder too, has begun to take a new track. */
const SETTLE_MS = 300;
/** What is on its way when somebody mutes may come or not. */
const IN_FLIGHT_MS = 200;

/** Near the end of their ranges, so that both begin anew within the first seconds. */
const FIRST_SEQUENCE = 0x10000 - 150;
const firstTimestamp = (clockRate: number): number => 2 ** 32 - 4 * clockRate;

const VIDEO_CODECS = { vp8: 'VP8', vp9: 'VP9', h264: 'H264' } as const;

/** What the client sends screens in where it can. */
export const SCREEN_CODEC = 'vp9';
/** Screens have numbers of their own, 11 to 15 for persons 1 to 5. */
export const screenNumber = (n: number): number => 10 + n;

/** A participant whose every flash and beep is known, with the moment at which it left. */
export class TruthPeer {
  readonly name: string;
  readonly n: number;
  readonly peer: Peer;
  readonly tracks: LiveTrack[] = [];
  /** What others can see of it, as it came to be. */
  readonly acts: Act[] = [];
  /** The common zero of its clips, in the past: what was to be sent then never is. */
  readonly zeroMs: number;
  readonly #options: TruthPeerOptions;

  /** Joins and sends. Rejects when the room does not let it in. */
  static async join(options: TruthPeerOptions): Promise<TruthPeer> {
    const { video = 'vp8', sound = true } = options;
    // Encoded first: it may take seconds.
    await Promise.all([
      video !== 'none' && clipFor(options, video),
      sound && clipFor(options, 'opus'),
    ]);
    const truthPeer = new TruthPeer(options);
    const { peer } = truthPeer;
    const fromMs = performance.now();
    await peer.client.join();
    const phase = peer.store.phase.value;
    if (phase.name !== 'joined') {
      await peer.close();
      throw new Error(`${options.name} did not get in: ${JSON.stringify(phase)}`);
    }
    truthPeer.#note('here', true, fromMs, performance.now() + SETTLE_MS);
    await Promise.all([
      sound && truthPeer.#publish('microphone', 'opus', options.n),
      video !== 'none' && truthPeer.#publish('camera', video, options.n),
    ]);
    return truthPeer;
  }

  private constructor(options: TruthPeerOptions) {
    const { url, room, name, n, video = 'vp8', impairment } = options;
    this.#options = options;
    this.name = name;
    this.n = n;
    this.zeroMs = zeroBefore(performance.now(), n);
    this.peer = new Peer({
      url,
      room,
      name,
      ...(options.token !== undefined && { token: options.token }),
      ...(video !== 'none' && { videoCodec: VIDEO_CODECS[video] }),
      ...(impairment && {
        createDevice: () =>
          Promise.resolve(impairment.before(new Device({ handlerName: 'Chrome111' }))),
      }),
    });
  }

  track(source: Source): LiveTrack {
    const track = this.tracks.findLast((candidate) => candidate.source === source);
    if (!track) throw new Error(`${this.name} sends no ${source}`);
    return track;
  }

  /** Mute, camera off. */
  async pause(source: Source): Promise<void> {
    const fromMs = performance.now() - IN_FLIGHT_MS;
    await this.peer.client.setPaused(source, true);
    this.track(source).doubts.push([fromMs, performance.now()]);
    this.#note(source, false, fromMs);
  }

  async resume(source: Source): Promise<void> {
    const fromMs = performance.now();
    this.track(source).sending.holdUntilKey();
    await this.peer.client.setPaused(source, false);
    this.track(source).doubts.push([fromMs - IN_FLIGHT_MS, performance.now() + SETTLE_MS]);
    this.#note(source, true, fromMs, performance.now() + SETTLE_MS);
  }

  async shareScreen(): Promise<void> {
    await this.#publish('screen', SCREEN_CODEC, screenNumber(this.n));
  }

  async stopScreen(): Promise<void> {
    const { sending, doubts } = this.track('screen');
    const fromMs = performance.now() - IN_FLIGHT_MS;
    await this.peer.client.unpublish('screen');
    sending.close();
    doubts.push([fromMs, performance.now()]);
    this.#note('screen', false, fromMs);
  }

  /** Idempotent. */
  async leave(): Promise<void> {
    const fromMs = performance.now() - IN_FLIGHT_MS;
    await this.peer.close();
    this.#note('here', false, fromMs);
    for (const { sending, doubts } of this.tracks) {
      sending.close();
      doubts.push([fromMs, performance.now()]);
    }
  }

  async #publish(source: Source, codec: ClipCodec, n: number): Promise<void> {
    const clip = await clipFor({ ...this.#options, n }, codec);
    const fromMs = performance.now();
    const sending = new TruthSource({
      clip,
      zeroMs: this.zeroMs,
      first: { sequence: FIRST_SEQUENCE, timestamp: firstTimestamp(clip.clockRate) },
    });
    const track: LiveTrack = { source, sending, doubts: [] };
    this.tracks.push(track);
    await this.peer.client.publish(source, sending.track as unknown as MediaStreamTrack);
    // The server answers before DTLS stands, and a decoder needs a moment to get into a sound.
    await waitFor(
      `the ${source} of ${this.name} is on its way`,
      () => sending.sent.length > 0,
      Boolean,
      { everyMs: 10 },
    );
    track.doubts.push([fromMs, performance.now() + SETTLE_MS]);
    this.#note(source, true, fromMs, performance.now() + SETTLE_MS);
  }

  #note(what: Act['what'] | Source, on: boolean, fromMs: number, toMs = performance.now()): void {
    if (what === 'here' || what === 'camera' || what === 'screen') {
      this.acts.push({ what, on, span: [fromMs, toMs] });
    }
  }
}

/** Everybody's seconds begin at a time of their own, so that beeps in one mix are heard one by one. */
const ZERO_STEP_MS = 230;

/** In the second before `nowMs`. */
export const zeroBefore = (nowMs: number, n: number): number =>
  nowMs - ((((nowMs - n * ZERO_STEP_MS) % 1000) + 1000) % 1000);

const clipFor = (
  { n, clipSeconds }: Pick<TruthPeerOptions, 'n' | 'clipSeconds'>,
  codec: ClipCodec,
) => truthClip({ n, codec, ...(clipSeconds !== undefined && { seconds: clipSeconds }) });

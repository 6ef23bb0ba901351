import type { MediaSession, Source } from '../../server/protocol/media.ts';
import type {
  ClientRequestData,
  Notification,
  Snapshot,
  View,
} from '../../server/protocol/signaling.ts';
import { CallState } from './CallState.ts';
import { systemClock, type Clock } from './clock.ts';
import { DeviceShelf } from './DeviceShelf.ts';
import { LatestOnly } from './LatestOnly.ts';
import { Line } from './Line.ts';
import { MediaLink } from './MediaLink.ts';
import { readStats, type CallStats } from './mediaStats.ts';
import { createDevice, preload } from './mediasoup.ts';
import { pageUrl, type RoomClientOptions } from './roomClientOptions.ts';
import type { TrackOffer } from './Receiver.ts';
import { isRefusal } from './insist.ts';
import { SignalingError } from './SignalingError.ts';
import type { EndReason, LocalTrack } from './store.ts';

/** In the order they are sent: what is heard comes first. */
const SOURCES = ['microphone', 'camera', 'screen', 'screenAudio'] as const satisfies Source[];

/** A conference as one participant takes part in it; the store shows how it goes. */
export class RoomClient {
  /** Loads the code a call needs. Call it when a call becomes likely: `join` then finds it here. */
  static preload(): void {
    preload();
  }

  readonly #options: RoomClientOptions;
  readonly #clock: Clock;
  readonly #state: CallState;
  readonly #line: Line;
  readonly #devices: DeviceShelf;
  readonly #viewSender: LatestOnly<View>;
  #view: View | null = null;
  #ownerSecret: string | undefined;
  #link: MediaLink | null = null;

  constructor(options: RoomClientOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#state = new CallState(options.store);
    this.#ownerSecret = options.ownerSecret;
    this.#state.setConsent(options.recordingConsent ?? null);
    this.#devices = new DeviceShelf(options.createDevice ?? createDevice);
    this.#line = new Line({
      url: options.url ?? pageUrl(),
      WebSocket: options.WebSocket ?? globalThis.WebSocket,
      clock: this.#clock,
      credentials: () => this.#credentials(),
      hasMediaCome: () => this.#link?.hasMediaCome() ?? false,
      events: {
        onEntered: (snapshot, { doubtful }) => this.#onEntered(snapshot, doubtful),
        onNotification: (notification) => this.#onNotification(notification),
        onOffer: (offer) => this.#onOffer(offer),
        onRetrying: (attempt, since) =>
          this.#state.setPhase({ name: 'reconnecting', attempt, since }),
        onEnded: (reason, detail) => this.#end(reason, detail),
      },
    });
    this.#viewSender = new LatestOnly(async (tiles) => {
      await this.#line.request('setView', { tiles });
    });
  }

  /** Never rejects: resolves when the store's phase is `joined` or `ended`. */
  async join(): Promise<void> {
    this.#state.setPhase({ name: 'joining' });
    this.#devices.warm();
    await this.#line.enter();
  }

  /** Leaves for good. The tracks are the caller's, and go on. */
  async leave(): Promise<void> {
    if (this.#state.phase.name === 'ended') return;
    const goodbye = this.#line.leave();
    this.#end('left');
    await goodbye;
  }

  /**
   * Send a track, now and in every media session to come; before `join` too. Rejects when it cannot
   * be sent (`forbidden`, a dead track), not when the line is down: it is sent when that is back.
   */
  async publish(
    source: Source,
    track: MediaStreamTrack,
    how?: { paused?: boolean },
  ): Promise<void> {
    if (track.readyState === 'ended') throw new Error('the track has ended');
    if (source === 'screen' && track.contentHint === '') track.contentHint = 'detail';
    const wanted: LocalTrack = { source, track, paused: how?.paused ?? false };
    this.#state.setLocal(wanted);
    try {
      await this.#link?.sync(source);
    } catch (error) {
      if (this.#state.local.get(source) === wanted) this.#state.deleteLocal(source);
      throw error;
    }
  }

  async unpublish(source: Source): Promise<void> {
    this.#state.deleteLocal(source);
    await this.#link?.sync(source);
  }

  /** Mute, camera off. Nothing leaves this device any more by the time this returns its promise. */
  async setPaused(source: Source, paused: boolean): Promise<void> {
    await this.#change(source, (local) => ({ ...local, paused }));
  }

  /** Another device for the same source; the others notice nothing. */
  async replaceTrack(source: Source, track: MediaStreamTrack): Promise<void> {
    await this.#change(source, (local) => ({ ...local, track }));
  }

  /** All that is on the screen. Call it as often as the screen changes. */
  setView(tiles: View): void {
    this.#view = tiles;
    if (this.#state.phase.name === 'joined') this.#viewSender.set(tiles);
  }

  async updateRoom(change: ClientRequestData<'updateRoom'>): Promise<void> {
    const room = await this.#line.request('updateRoom', change);
    this.#state.apply({ name: 'roomChanged', data: room });
  }

  async removeParticipant(
    participantId: ClientRequestData<'removeParticipant'>['participantId'],
  ): Promise<void> {
    await this.#line.request('removeParticipant', { participantId });
  }

  /** Starts one, or finds one running; like the three below it shows in the store, not here. */
  async startRecording(): Promise<void> {
    await this.#line.request('startRecording', {});
  }

  async pauseRecording(): Promise<void> {
    await this.#line.request('pauseRecording', {});
  }

  async resumeRecording(): Promise<void> {
    await this.#line.request('resumeRecording', {});
  }

  async stopRecording(): Promise<void> {
    await this.#line.request('stopRecording', {});
  }

  /** Said at once, taken back when it does not arrive; said anew with each `join`. */
  async consentToRecording(agreed: boolean): Promise<void> {
    const before = this.#state.consent;
    this.#state.setConsent(agreed);
    try {
      await this.#line.request('consentToRecording', { agreed });
    } catch (error) {
      if (this.#state.consent === agreed) this.#state.setConsent(before);
      throw error;
    }
  }

  /** The browser is online again, or on another network. */
  networkChanged(): void {
    this.#line.networkChanged();
    if (this.#state.phase.name === 'joined') this.#link?.restartIce();
  }

  stats(): Promise<CallStats> {
    return readStats(this.#link);
  }

  #credentials(): ClientRequestData<'join'> {
    const { room, name, token } = this.#options;
    const ownerSecret = this.#ownerSecret;
    const recordingConsent = this.#state.consent;
    return {
      room,
      name,
      ...(token && { token }),
      ...(ownerSecret && { ownerSecret }),
      ...(recordingConsent !== null && { recordingConsent }),
    };
  }

  async #change(source: Source, changed: (local: LocalTrack) => LocalTrack): Promise<void> {
    const local = this.#state.local.get(source);
    if (!local) return;
    this.#state.setLocal(changed(local));
    await this.#link?.sync(source);
  }

  #onEntered(snapshot: Snapshot, doubtful: boolean): void {
    const { ownerSecret } = snapshot.self;
    this.#state.replace(snapshot);
    if (this.#link?.isFor(snapshot.media)) this.#resume(this.#link, snapshot, doubtful);
    else this.#use(snapshot.media);
    this.#state.setPhase({ name: 'joined' });
    if (ownerSecret !== undefined) {
      this.#ownerSecret = ownerSecret;
      this.#options.onOwnerSecret?.(ownerSecret, snapshot.room);
    }
    if (this.#view) this.#resendView(this.#view, snapshot);
  }

  /** Tiles of tracks that are no more would hide the tracks that took their place. */
  #resendView(view: View, snapshot: Snapshot): void {
    const known = new Set(snapshot.participants.flatMap((p) => p.tracks.map(({ id }) => id)));
    if (view.length === 0 || view.some(({ trackId }) => known.has(trackId))) {
      this.#viewSender.set(view);
    }
  }

  #resume(link: MediaLink, snapshot: Snapshot, doubtful: boolean): void {
    if (doubtful) link.restartIce();
    void link
      .resumed(snapshot.participants, snapshot.self.id)
      .catch(() => {})
      .then(() => this.#syncAll(link));
  }

  /** Build this media session in the place of what there was, and send all that is wanted. */
  #use(session: MediaSession): void {
    this.#link?.close();
    const link: MediaLink = new MediaLink({
      session,
      clock: this.#clock,
      device: (rtpCapabilities) => this.#devices.loaded(rtpCapabilities),
      request: (name, data) =>
        this.#link === link
          ? this.#line.request(name, data)
          : Promise.reject(new SignalingError('closed', 'the media session is over')),
      sending: {
        videoCodec: this.#options.videoCodec ?? 'VP8',
        simulcast: this.#options.simulcast ?? true,
      },
      receiver: {
        onReceived: (trackId, track) => this.#state.setMedia(trackId, track),
        onGone: (trackId) => this.#state.deleteMedia(trackId),
      },
      publisher: {
        wanted: (source) => this.#state.local.get(source),
        onPublished: (trackId, local) => this.#state.ownPublished(trackId, local),
        onPaused: (trackId, paused) => this.#state.ownPaused(trackId, paused),
        onUnpublished: (trackId) => this.#state.ownUnpublished(trackId),
      },
      onTransportState: (state) => {
        // Media that flows again, or stops, says something about the socket too.
        if (state === 'connected') this.#line.hurry();
        else if (state === 'disconnected' || state === 'failed') this.#line.probe();
      },
      onUnusable: (error) => this.#giveUp(error),
    });
    this.#link = link;
    this.#syncAll(link);
  }

  #syncAll(link: MediaLink): void {
    for (const source of SOURCES) {
      const local = this.#state.local.get(source);
      link.sync(source).catch((error: unknown) => {
        // The right to send it is gone. Anything else may be better in the next session.
        if (!isRefusal(error)) return;
        if (local && this.#state.local.get(source) === local) this.#state.deleteLocal(source);
      });
    }
  }

  #onNotification(notification: Notification): void {
    const { name, data } = notification;
    // Consumers go before their tracks leave the state that says whose they are.
    if (name === 'trackUnpublished') this.#link?.drop(data.trackId);
    if (name === 'participantLeft') {
      for (const trackId of this.#state.tracksOf(data.participantId)) this.#link?.drop(trackId);
    }
    this.#state.apply(notification);
    if (name === 'mediaMoved') {
      this.#view = null;
      this.#state.forgetTracks(this.#link?.trackIds() ?? new Set());
      this.#use(data);
    }
  }

  async #onOffer(offer: TrackOffer): Promise<void> {
    if (!this.#link) throw new Error('no media session');
    await this.#link.accept(offer);
  }

  #giveUp(error: unknown): void {
    void this.#line.leave();
    const unsupported = error instanceof Error && error.name === 'UnsupportedError';
    this.#end(unsupported ? 'unsupported' : 'refused', error instanceof Error ? error.message : '');
  }

  #end(reason: EndReason, detail?: string): void {
    this.#link?.close();
    this.#link = null;
    this.#state.setPhase({ name: 'ended', reason, ...(detail && { detail }) });
  }
}

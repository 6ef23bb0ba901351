import { batch } from '@preact/signals';
import type { Source } from '../../server/protocol/media.ts';
import type { Notification, Snapshot } from '../../server/protocol/signaling.ts';
import { hasOwnGrant, mayRecord } from './mayRecord.ts';
import { applyNotification, fromSnapshot, withoutTracks, type RoomView } from './roomView.ts';
import type { LocalTrack, Phase, WritableCallStore } from './store.ts';

/** Writes the store the screens read, each change in one go. */
export class CallState {
  readonly #store: WritableCallStore;
  #recordGranted = false;

  constructor(store: WritableCallStore) {
    this.#store = store;
  }

  get phase(): Phase {
    return this.#store.phase.value;
  }

  get selfId(): Snapshot['self']['id'] | null {
    return this.#store.self.value?.id ?? null;
  }

  get local(): ReadonlyMap<Source, LocalTrack> {
    return this.#store.local.value;
  }

  get consent(): boolean | null {
    return this.#store.consent.value;
  }

  setPhase(phase: Phase): void {
    this.#store.phase.value = phase;
  }

  replace(snapshot: Snapshot): void {
    batch(() => {
      this.#store.self.value = snapshot.self;
      this.#recordGranted = hasOwnGrant(snapshot);
      this.#show(fromSnapshot(this.#view(), snapshot));
    });
  }

  apply(notification: Notification): void {
    const allowed = this.#store.room.value?.recording.allowed;
    batch(() => {
      this.#show(applyNotification(this.#view(), notification));
      if (this.#store.room.value?.recording.allowed !== allowed) this.#rightsChanged();
    });
  }

  setConsent(consent: boolean | null): void {
    this.#store.consent.value = consent;
  }

  forgetTracks(trackIds: ReadonlySet<string>): void {
    batch(() => this.#show(withoutTracks(this.#view(), trackIds)));
  }

  tracksOf(participantId: string): readonly string[] {
    const participant = this.#store.participants.value.find(({ id }) => id === participantId);
    return participant?.tracks.map(({ id }) => id) ?? [];
  }

  setMedia(trackId: string, track: MediaStreamTrack): void {
    this.#store.media.value = new Map(this.#store.media.value).set(trackId, track);
  }

  deleteMedia(trackId: string): void {
    if (!this.#store.media.value.has(trackId)) return;
    const media = new Map(this.#store.media.value);
    media.delete(trackId);
    this.#store.media.value = media;
  }

  setLocal(track: LocalTrack): void {
    this.#store.local.value = new Map(this.#store.local.value).set(track.source, track);
  }

  deleteLocal(source: Source): void {
    if (!this.#store.local.value.has(source)) return;
    const local = new Map(this.#store.local.value);
    local.delete(source);
    this.#store.local.value = local;
  }

  /** The server tells us of our own tracks too; whoever is first, the result is the same. */
  ownPublished(trackId: string, { source, track, paused }: LocalTrack): void {
    const participantId = this.selfId;
    if (participantId === null) return;
    const kind = track.kind === 'audio' ? 'audio' : 'video';
    const data = { id: trackId, participantId, kind, source, paused } as const;
    this.apply({ name: 'trackPublished', data });
  }

  ownPaused(trackId: string, paused: boolean): void {
    const participantId = this.selfId;
    if (participantId === null) return;
    this.apply({ name: 'trackPaused', data: { participantId, trackId, paused } });
  }

  ownUnpublished(trackId: string): void {
    const participantId = this.selfId;
    if (participantId === null) return;
    this.apply({ name: 'trackUnpublished', data: { participantId, trackId } });
  }

  /** Who may record is a setting of the room; the server says `canRecord` in snapshots only. */
  #rightsChanged(): void {
    const self = this.#store.self.value;
    const room = this.#store.room.value;
    if (self === null || room === null) return;
    const canRecord = mayRecord(room, this.#recordGranted);
    if (self.canRecord !== canRecord) this.#store.self.value = { ...self, canRecord };
  }

  #view(): RoomView {
    const { room, participants, activeSpeakerId, audioLevels, layers } = this.#store;
    const { recording, recordingEnd } = this.#store;
    return {
      room: room.value,
      participants: participants.value,
      activeSpeakerId: activeSpeakerId.value,
      audioLevels: audioLevels.value,
      layers: layers.value,
      recording: recording.value,
      recordingEnd: recordingEnd.value,
    };
  }

  /** Signals that get the value they have tell nobody. */
  #show(view: RoomView): void {
    this.#store.room.value = view.room;
    this.#store.participants.value = view.participants;
    this.#store.activeSpeakerId.value = view.activeSpeakerId;
    this.#store.audioLevels.value = view.audioLevels;
    this.#store.layers.value = view.layers;
    // An answer is good for one recording; for the next one the server asks everybody again.
    const before = this.#store.recording.value;
    if (before !== null && before.id !== view.recording?.id) this.#store.consent.value = null;
    this.#store.recording.value = view.recording;
    this.#store.recordingEnd.value = view.recordingEnd;
  }
}

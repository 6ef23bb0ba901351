import type {
  Notification,
  NotificationData,
  RoomNotificationName,
  ParticipantState,
  RoomState,
  Snapshot,
  TrackState,
} from '../../server/protocol/signaling.ts';
import type { RecordingStatus, StopReason } from '../../server/protocol/recordings.ts';

/** That a recording ended, or should have begun by itself and could not: once for each time. */
export interface RecordingEnd {
  readonly reason: StopReason | null;
}

/** What is known of the room; the plain values behind the store's signals. */
export interface RoomView {
  readonly room: RoomState | null;
  readonly participants: readonly ParticipantState[];
  readonly activeSpeakerId: string | null;
  readonly audioLevels: ReadonlyMap<string, number>;
  readonly layers: ReadonlyMap<string, number | null>;
  readonly recording: RecordingStatus | null;
  readonly recordingEnd: RecordingEnd | null;
}

export const emptyRoomView: RoomView = {
  room: null,
  participants: [],
  activeSpeakerId: null,
  audioLevels: new Map(),
  layers: new Map(),
  recording: null,
  recordingEnd: null,
};

const trackIds = (participants: readonly ParticipantState[]): ReadonlySet<string> =>
  new Set(participants.flatMap(({ tracks }) => tracks.map(({ id }) => id)));

/** A snapshot replaces everything, except layers of tracks that are still there. */
export const fromSnapshot = (view: RoomView, snapshot: Snapshot): RoomView => {
  const known = trackIds(snapshot.participants);
  return {
    room: snapshot.room,
    participants: snapshot.participants,
    activeSpeakerId: snapshot.activeSpeakerId,
    audioLevels: new Map(),
    layers: new Map([...view.layers].filter(([id]) => known.has(id))),
    recording: snapshot.recording,
    recordingEnd: null,
  };
};

const change = (
  view: RoomView,
  participantId: string,
  changed: (participant: ParticipantState) => ParticipantState,
): RoomView => {
  if (!view.participants.some(({ id }) => id === participantId)) return view;
  const participants = view.participants.map((participant) =>
    participant.id === participantId ? changed(participant) : participant,
  );
  return { ...view, participants };
};

const withoutKeys = <V>(
  map: ReadonlyMap<string, V>,
  keys: ReadonlySet<string>,
): ReadonlyMap<string, V> => {
  if (![...keys].some((key) => map.has(key))) return map;
  return new Map([...map].filter(([key]) => !keys.has(key)));
};

const joined = (view: RoomView, participant: ParticipantState): RoomView => ({
  ...view,
  participants: [...view.participants.filter(({ id }) => id !== participant.id), participant],
});

const left = (view: RoomView, participantId: string): RoomView => {
  const gone = view.participants.filter(({ id }) => id === participantId);
  if (gone.length === 0) return view;
  return {
    ...view,
    participants: view.participants.filter(({ id }) => id !== participantId),
    activeSpeakerId: view.activeSpeakerId === participantId ? null : view.activeSpeakerId,
    audioLevels: withoutKeys(view.audioLevels, new Set([participantId])),
    layers: withoutKeys(view.layers, trackIds(gone)),
  };
};

/** One track of each source: a new one takes the place of what was there. */
const published = (view: RoomView, track: TrackState): RoomView =>
  change(view, track.participantId, (participant) => ({
    ...participant,
    tracks: [
      ...participant.tracks.filter(({ id, source }) => id !== track.id && source !== track.source),
      track,
    ],
  }));

type Effects = {
  readonly [N in RoomNotificationName]: (view: RoomView, data: NotificationData<N>) => RoomView;
};

const effects: Effects = {
  participantJoined: joined,

  participantChanged: (view, { participantId, connection }) =>
    change(view, participantId, (participant) => ({ ...participant, connection })),

  participantLeft: (view, { participantId }) => left(view, participantId),

  trackPublished: published,

  trackPaused: (view, { participantId, trackId, paused }) =>
    change(view, participantId, (participant) => ({
      ...participant,
      tracks: participant.tracks.map((track) =>
        track.id === trackId ? { ...track, paused } : track,
      ),
    })),

  trackUnpublished: (view, { participantId, trackId }) => ({
    ...change(view, participantId, (participant) => ({
      ...participant,
      tracks: participant.tracks.filter(({ id }) => id !== trackId),
    })),
    layers: withoutKeys(view.layers, new Set([trackId])),
  }),

  layerChanged: (view, { trackId, spatialLayer }) => ({
    ...view,
    layers: new Map(view.layers).set(trackId, spatialLayer),
  }),

  activeSpeakerChanged: (view, { participantId }) => ({ ...view, activeSpeakerId: participantId }),

  audioLevels: (view, { levels }) => ({
    ...view,
    audioLevels: new Map(levels.map(({ participantId, volume }) => [participantId, volume])),
  }),

  roomChanged: (view, room) => ({ ...view, room }),

  recordingChanged: (view, { recording, stopReason }) => ({
    ...view,
    recording,
    recordingEnd: recording === null ? { reason: stopReason ?? null } : null,
  }),

  recordingProgress: (view, { onDiskMs, stalled }) =>
    view.recording === null
      ? view
      : { ...view, recording: { ...view.recording, onDiskMs, stalled } },

  // Which tracks are gone is not said here: somebody else's new ones may be known already.
  mediaMoved: (view) => ({ ...view, activeSpeakerId: null, audioLevels: new Map() }),
};

/** The whole effect of a notification on what is known; what names the unknown changes nothing. */
export const applyNotification = (view: RoomView, notification: Notification): RoomView => {
  const effect = effects[notification.name as RoomNotificationName] as
    ((view: RoomView, data: Notification['data']) => RoomView) | undefined;
  // Calls are not of the room, and a newer server may say what we do not know.
  return effect ? effect(view, notification.data) : view;
};

/** These tracks are no more, whoever's they were. */
export const withoutTracks = (view: RoomView, gone: ReadonlySet<string>): RoomView => ({
  ...view,
  participants: view.participants.map((participant) =>
    participant.tracks.some(({ id }) => gone.has(id))
      ? { ...participant, tracks: participant.tracks.filter(({ id }) => !gone.has(id)) }
      : participant,
  ),
  layers: withoutKeys(view.layers, gone),
});

import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { ParticipantState, RoomState, Snapshot } from '../../server/protocol/signaling.ts';
import type { Source } from '../../server/protocol/media.ts';
import type { RecordingStatus } from '../../server/protocol/recordings.ts';
import type { RecordingEnd } from './roomView.ts';

/**
 * Where the call stands, from the click on Join to the page after it.
 * `reconnecting` keeps everything on the screen; `ended` is final.
 */
export type Phase =
  | { name: 'joining' }
  | { name: 'joined' }
  | { name: 'reconnecting'; attempt: number; since: number }
  | { name: 'ended'; reason: EndReason; detail?: string };

export type EndReason = 'left' | 'removed' | 'replaced' | 'refused' | 'unreachable' | 'unsupported';

/** A track of one's own. `track` is absent while it is only wanted (or the device failed). */
export interface LocalTrack {
  readonly source: Source;
  readonly track: MediaStreamTrack;
  readonly paused: boolean;
}

/**
 * What the screens read. Only `RoomClient` writes it; each field is a signal, so a tile redraws for
 * its own reasons alone. Maps are replaced, never changed in place.
 */
export interface CallStore {
  readonly phase: ReadonlySignal<Phase>;
  readonly self: ReadonlySignal<Snapshot['self'] | null>;
  readonly room: ReadonlySignal<RoomState | null>;
  /** Everybody, oneself included, in order of arrival. */
  readonly participants: ReadonlySignal<readonly ParticipantState[]>;
  readonly activeSpeakerId: ReadonlySignal<string | null>;
  /** dBov by participant id; only who can be heard. */
  readonly audioLevels: ReadonlySignal<ReadonlyMap<string, number>>;
  /** Received media by track id. */
  readonly media: ReadonlySignal<ReadonlyMap<string, MediaStreamTrack>>;
  /** Layer that arrives by track id; `null`: the line is too poor for this video. */
  readonly layers: ReadonlySignal<ReadonlyMap<string, number | null>>;
  readonly local: ReadonlySignal<ReadonlyMap<Source, LocalTrack>>;
  /** The recording that runs, if one does. */
  readonly recording: ReadonlySignal<RecordingStatus | null>;
  /** That it ended, or could not begin by itself. */
  readonly recordingEnd: ReadonlySignal<RecordingEnd | null>;
  /** What one has answered to being recorded; `null`: nothing yet. */
  readonly consent: ReadonlySignal<boolean | null>;
}

type Writable<T> = {
  -readonly [K in keyof T]: T[K] extends ReadonlySignal<infer V> ? Signal<V> : never;
};

export type WritableCallStore = Writable<CallStore>;

export const createCallStore = (): WritableCallStore => ({
  phase: signal<Phase>({ name: 'joining' }),
  self: signal<Snapshot['self'] | null>(null),
  room: signal<RoomState | null>(null),
  participants: signal<readonly ParticipantState[]>([]),
  activeSpeakerId: signal<string | null>(null),
  audioLevels: signal<ReadonlyMap<string, number>>(new Map()),
  media: signal<ReadonlyMap<string, MediaStreamTrack>>(new Map()),
  layers: signal<ReadonlyMap<string, number | null>>(new Map()),
  local: signal<ReadonlyMap<Source, LocalTrack>>(new Map()),
  recording: signal<RecordingStatus | null>(null),
  recordingEnd: signal<RecordingEnd | null>(null),
  consent: signal<boolean | null>(null),
});

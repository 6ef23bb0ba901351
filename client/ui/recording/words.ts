import type { RecordingStatus, StopReason } from '../../../server/protocol/recordings.ts';
import type { SignalingErrorCode } from '../../core/SignalingError.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** 754 000 ms are `12:34`; from an hour on `1:02:03`. */
export const durationClock = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
};

/** The time of day, as this browser writes it. */
const timeOfDay = (iso: string): string =>
  new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

/** How a recording stands, for the eye: each has words, a shape and a colour of its own. */
export type Look = 'recording' | 'paused' | 'stalled' | 'passing';

export const lookOf = ({ state, stalled }: RecordingStatus): Look => {
  if (state === 'paused') return 'paused';
  if (state === 'recording') return stalled ? 'stalled' : 'recording';
  return 'passing';
};

/** On the mark, beside the time. */
export const MARK_WORDS = {
  recording: 'REC',
  paused: 'REC paused',
  stalled: 'REC not written',
  passing: 'REC',
} as const satisfies Record<Look, string>;

export const LOOK_SENTENCES = {
  recording: 'This call is being recorded',
  paused: 'The recording is paused',
  stalled: 'Recording is not being written',
  passing: 'This call is being recorded',
} as const satisfies Record<Look, string>;

/** “Since 14:03, started by Ana.” */
export const originWords = ({
  startedAt,
  startedBy,
}: Pick<RecordingStatus, 'startedAt' | 'startedBy'>): string =>
  startedBy === null
    ? `Since ${timeOfDay(startedAt)}. This room records by itself.`
    : `Since ${timeOfDay(startedAt)}, started by ${startedBy}.`;

const startWords = ({ startedBy }: RecordingStatus): string =>
  startedBy === null
    ? 'This room records by itself: the call is being recorded.'
    : `${startedBy} started recording.`;

/** What is told about a recording, to ear and eye. */
export interface News {
  readonly words: string;
  readonly sound: 'start' | 'stop' | 'change' | 'alarm' | null;
}

/** What somebody is told who comes while it runs. */
export const arrivalNews = (now: RecordingStatus): News => ({
  words: `${LOOK_SENTENCES[lookOf(now)]}. ${originWords(now)}`,
  sound: null,
});

const END_WORDS: Partial<Record<StopReason, string>> = {
  disk: 'The recording has stopped: the server’s disk is full. What was recorded until now is kept.',
  maxLength: 'The recording is as long as it may be, and has stopped. It is being kept.',
  shutdown: 'The server restarts, so the recording has stopped. It is being kept.',
};

/** It ended. For `why` see `RecordingEnd`. */
export const endNews = (why: StopReason | null): News => ({
  words: (why && END_WORDS[why]) ?? 'The recording has stopped. It is being kept.',
  sound: why === 'disk' ? 'alarm' : 'stop',
});

/** It should have begun by itself. */
export const missedNews = (why: StopReason | null): News => ({
  words:
    why === 'disk'
      ? 'This room records by itself, but the server’s disk is full: this call is not recorded.'
      : 'This room records by itself, but it does not succeed now: this call is not recorded.',
  sound: 'alarm',
});

/** What changed for everybody while it runs; null: nothing to speak of. */
export const changeNews = (before: RecordingStatus | null, now: RecordingStatus): News | null => {
  if (before?.id !== now.id) return { words: startWords(now), sound: 'start' };
  const [old, look] = [lookOf(before), lookOf(now)];
  if (old === look) return null;
  if (look === 'stalled') {
    const kept = durationClock(now.onDiskMs);
    return {
      words: `Recording is not being written. The first ${kept} are kept; what is said now may be lost.`,
      sound: 'alarm',
    };
  }
  if (look === 'paused') return { words: 'The recording is paused.', sound: 'change' };
  if (look !== 'recording') return null;
  if (old === 'stalled') return { words: 'The recording is being written again.', sound: 'change' };
  return old === 'paused' ? { words: 'The recording goes on.', sound: 'change' } : null;
};

const REASONS: Partial<Record<SignalingErrorCode, string>> = {
  disk_full:
    'The server’s disk is full, so nothing can be recorded. Whoever runs the server has to make room.',
  forbidden: 'You may not record in this room. Ask its host.',
  unavailable: 'The server cannot record at the moment. Please try again later.',
  not_found: 'There is no recording any more.',
  closed: 'The server is out of reach. Please try again when the connection is back.',
  timeout: 'The server did not answer. Please try again.',
};

/** Why a button did nothing. `what`: “started”, “paused”. */
export const failureWords = (code: SignalingErrorCode | undefined, what: string): string =>
  (code && REASONS[code]) ?? `The recording could not be ${what}. Please try again.`;

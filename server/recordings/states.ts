import { AppError } from '../base/AppError.ts';
import type { RecordingState } from '../protocol/recordings.ts';

/** What can happen to a recording. */
export type Step =
  /** Its folder is there. */
  | 'start'
  /** The recorder is in the room. */
  | 'begin'
  | 'pause'
  | 'resume'
  | 'stop'
  /** All that was captured is on disk. */
  | 'close'
  /** Found at boot, or worth another try. */
  | 'recover'
  | 'complete'
  /** Somebody is to be gone from it. */
  | 'erase'
  | 'fail';

/** The whole machine: a step that is not here cannot be taken. */
const NEXT: Readonly<Record<RecordingState, Partial<Record<Step, RecordingState>>>> = {
  requested: { start: 'starting', stop: 'stopping', recover: 'recovering', fail: 'failed' },
  starting: { begin: 'recording', stop: 'stopping', recover: 'recovering', fail: 'failed' },
  recording: { pause: 'paused', stop: 'stopping', recover: 'recovering' },
  paused: { resume: 'recording', stop: 'stopping', recover: 'recovering' },
  stopping: { close: 'finishing', recover: 'recovering' },
  finishing: { complete: 'ready', fail: 'failed' },
  recovering: { complete: 'ready', fail: 'failed' },
  ready: { erase: 'finishing' },
  failed: { recover: 'recovering' },
};

const LIVE: ReadonlySet<RecordingState> = new Set([
  'requested',
  'starting',
  'recording',
  'paused',
  'stopping',
]);

/** Does it belong to a running call (or did, when the server died)? */
export const isLive = (state: RecordingState): boolean => LIVE.has(state);

/** Are files being made of it? */
export const isFinishing = (state: RecordingState): boolean =>
  state === 'finishing' || state === 'recovering';

/** The state after a step. AppError `wrong_state` when there is no such way. */
export const after = (state: RecordingState, step: Step): RecordingState => {
  const next = NEXT[state][step];
  if (next) return next;
  throw new AppError('wrong_state', `A recording that is ${state} cannot ${step}`);
};

import type { FileKind, RecordingResource } from '../../../server/protocol/recordings.ts';
import { assertNever } from '../parts/assertNever.ts';
import type { SeenRecording } from './SeenRecordings.ts';
import { durationClock } from './words.ts';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** 1 234 567 is `1.2 MB`. */
export const sizeWords = (bytes: number): string => {
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  const digits = unit === 0 || size >= 99.95 ? 0 : 1;
  return `${size.toFixed(digits)} ${UNITS[unit] ?? ''}`;
};

/** That the call was recorded, by whom, and whether with oneself in it. */
export const recordedWords = (seen: readonly SeenRecording[]): string => {
  const names = [...new Set(seen.flatMap(({ startedBy }) => startedBy ?? []))];
  const who = names.length === 0 ? '' : ` by ${names.join(' and ')}`;
  const own = seen.some(({ withMe }) => withMe)
    ? ''
    : ' You are not in it, as you did not agree to be.';
  return `This call was recorded${who}.${own}`;
};

export type Stage =
  | { name: 'running' | 'failed'; words: string }
  /** `share`: how much is done, 0 to 1; null: not known. */
  | { name: 'preparing'; words: string; share: number | null }
  | { name: 'ready'; words: string };

const readyWords = ({ durationMs, bytes, partial }: RecordingResource): string => {
  const size = `Ready: ${durationClock(durationMs)} long, ${sizeWords(bytes)}.`;
  return partial ? `${size} A part of it is missing; what is left plays.` : size;
};

/** How far a recording has come on its way to files. */
export const stageOf = (recording: RecordingResource): Stage => {
  switch (recording.state) {
    case 'requested':
    case 'starting':
    case 'recording':
    case 'paused':
      return {
        name: 'running',
        words: 'The recording goes on without you. Its files are made when it has ended.',
      };
    case 'stopping':
    case 'finishing':
    case 'recovering':
      return { name: 'preparing', words: 'Preparing the files…', share: recording.progress };
    case 'ready':
      return { name: 'ready', words: readyWords(recording) };
    case 'failed':
      return {
        name: 'failed',
        words: `The files could not be made: ${recording.failure ?? 'the server does not say why.'} What was recorded is still on the server.`,
      };
    default:
      return assertNever(recording.state);
  }
};

const KIND_WORDS = {
  track: 'Camera and microphone',
  composite: 'Everybody in one picture',
  audio: 'Sound only',
  poster: 'Still picture',
  peaks: 'Waveform',
  speakers: 'Who spoke when',
  chat: 'Chat',
  consent: 'Who agreed to be recorded',
  manifest: 'For programs',
} as const satisfies Record<FileKind, string>;

type ListedFile = RecordingResource['files'][number];

/** “Ana: screen (MKV), 12.3 MB” */
export const fileWords = ({ name, kind, participant, source, bytes }: ListedFile): string => {
  const format = name.slice(name.lastIndexOf('.') + 1).toUpperCase();
  const what = `${source === 'screen' ? 'Screen' : KIND_WORDS[kind]} (${format})`;
  const whose =
    participant === null
      ? what
      : `${participant.name}: ${what.charAt(0).toLowerCase()}${what.slice(1)}`;
  return bytes === null ? whose : `${whose}, ${sizeWords(bytes)}`;
};

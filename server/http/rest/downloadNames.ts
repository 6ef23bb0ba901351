import type { RecordedFile } from '../../protocol/recordings.ts';
import type { RecordingRecord } from '../../recordings/RecordingRecord.ts';

/** Of a part that people chose. Three of them stay below the 255 bytes that file systems allow. */
const MAX_PART_LENGTH = 60;
const MAX_PART_BYTES = 100;

type Named = Pick<RecordedFile, 'name' | 'kind' | 'participant' | 'source'>;

/** `Weekly sync 2026-01-31 14.05`: title or room, and when it began (UTC). */
export const recordingName = ({ title, room, startedAt }: RecordingRecord): string => {
  const began = new Date(startedAt).toISOString();
  const when = `${began.slice(0, 10)} ${began.slice(11, 16).replace(':', '.')}`;
  return `${safePart(title ?? '') || safePart(room.name) || 'recording'} ${when}`;
};

/** `Ana screen.webm`: whose it is and what. */
export const fileName = ({ name, kind, participant, source }: Named): string => {
  const person = safePart(participant?.name ?? '');
  const what = kind === 'track' ? source === 'screen' && 'screen' : kind;
  const words = [person, what].filter((word) => typeof word === 'string' && word !== '');
  return `${words.join(' ') || 'track'}${name.slice(name.lastIndexOf('.'))}`;
};

/** Of one file by itself: `Weekly sync 2026-01-31 14.05 Ana screen.webm`. */
export const downloadName = (record: RecordingRecord, file: Named): string =>
  `${recordingName(record)} ${fileName(file)}`;

/**
 * What people call things, fit for every file system: no separators, no control or direction-changing
 * characters, no dot in front, neither dot nor space at the end.
 */
const safePart = (text: string): string => {
  const clean = text
    .normalize('NFC')
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/[/\\:*?"<>|\s]+/gu, ' ');
  const letters = Array.from(clean).slice(0, MAX_PART_LENGTH);
  while (Buffer.byteLength(letters.join('')) > MAX_PART_BYTES) letters.pop();
  return letters
    .join('')
    .replace(/^[\s.]+/u, '')
    .replace(/[\s.]+$/u, '');
};

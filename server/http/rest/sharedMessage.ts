import type { RecordedFile } from '../../protocol/recordings.ts';
import type { RecordingRecord } from '../../recordings/RecordingRecord.ts';

const SOUNDS = ['.m4a', '.mp3'];

/** What is played, and its picture: not the track as it came, nor what is written beside it. */
const isPlayed = ({ kind, name }: RecordedFile): boolean =>
  kind === 'audio'
    ? SOUNDS.some((ending) => name.endsWith(ending))
    : kind === 'peaks' || kind === 'poster' || kind === 'composite';

/** No more of what was recorded for a message than a link to it is good for: who left it, when, and how it sounds. */
export const sharedMessage = (record: RecordingRecord): RecordingRecord => {
  const files = record.files.filter(isPlayed);
  const caller = record.people[0]?.name ?? 'somebody';
  return {
    ...record,
    room: { ...record.room, name: 'voicemail' },
    title: `Message of ${caller}`,
    tags: [],
    startedBy: null,
    durationMs: files.find(({ kind }) => kind === 'audio')?.durationMs ?? record.durationMs,
    gaps: [],
    people: [],
    health: null,
    consentRequired: false,
    files,
  };
};

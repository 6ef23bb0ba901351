import type { RecordingResource } from '../../protocol/recordings.ts';
import { bytesOf, type RecordingRecord } from '../../recordings/RecordingRecord.ts';
import type { RecordingService } from '../../recordings/RecordingService.ts';

type File = RecordingResource['files'][number];

/** A recording as REST tells it. `base`: where its files are, by way of the recording or of a share. */
export const recordingResource = async (
  recordings: RecordingService,
  record: RecordingRecord,
  base = `/api/v1/recordings/${record.id}`,
): Promise<RecordingResource> => {
  const { id, room, state, title, tags, startedBy, durationMs, partial, gaps } = record;
  const { progress, health, stopReason, failure, consentRequired } = record;
  return {
    id,
    room,
    voicemail: record.voicemail !== undefined,
    state,
    title,
    tags,
    startedBy,
    startedAt: timeOf(record.startedAt),
    endedAt: record.endedAt === null ? null : timeOf(record.endedAt),
    durationMs,
    bytes: bytesOf(record),
    partial,
    gaps,
    participants: record.people,
    progress,
    health,
    stopReason,
    failure,
    consentRequired,
    expiresAt: expiryOf(recordings.expiresAt(record)),
    files: await filesOf(recordings, record, `${base}/files`),
  };
};

export const timeOf = (ms: number): string => new Date(ms).toISOString();

const expiryOf = (ms: number | null): string | null => (ms === null ? null : timeOf(ms));

/** What is finished, and what can be watched of what still grows. */
const filesOf = async (
  recordings: RecordingService,
  record: RecordingRecord,
  base: string,
): Promise<File[]> => {
  const finished = record.files.map((file): File => ({ ...file, url: `${base}/${file.name}` }));
  const live = (await recordings.liveFiles(record)).map(
    ({ name, participant, source, type }): File => ({
      name,
      kind: 'track',
      participant,
      source,
      type,
      bytes: null,
      durationMs: null,
      sha256: null,
      url: `${base}/${name}`,
    }),
  );
  return [...finished, ...live];
};

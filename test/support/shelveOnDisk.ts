import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParticipantId } from '../../server/protocol/ids.ts';
import type { RecordedFile } from '../../server/protocol/recordings.ts';
import type { RecordingRecord } from '../../server/recordings/RecordingRecord.ts';
import { aRecord } from './aRecord.ts';

export interface ShelvedTrack {
  readonly id: ParticipantId;
  readonly name: string;
  readonly type: string;
  /** Of the archive: of microphone and, if it is a video, camera. */
  readonly content: Buffer;
}

/**
 * A recording in a folder of recordings, as a server finds it when it starts. `state`: `ready`, or
 * `finishing` for one whose tracks are there and all else is to be made of them.
 */
export const shelveOnDisk = (
  recordingsDir: string,
  tracks: readonly ShelvedTrack[],
  patch: Pick<RecordingRecord, 'id' | 'durationMs'> & Partial<RecordingRecord>,
): RecordingRecord => {
  const { durationMs } = patch;
  const record = aRecord({
    state: 'ready',
    endedAt: Date.now(),
    people: tracks.map(({ id, name }) => ({
      participantId: id,
      name,
      stays: [{ fromMs: 0, toMs: durationMs }],
      consent: null,
    })),
    files: tracks.map((track, i) => fileOf(track, i, durationMs)),
    ...patch,
  });
  const place = join(recordingsDir, record.id);
  mkdirSync(join(place, 'files'), { recursive: true });
  writeFileSync(join(place, 'manifest.json'), JSON.stringify(record));
  for (const [i, { name }] of record.files.entries()) {
    writeFileSync(join(place, 'files', name), tracks[i]!.content);
  }
  const events = [
    ...tracks.flatMap(({ id, name, type }) => [
      { atMs: 0, type: 'joined', participantId: id, name },
      ...(['microphone', ...(type.startsWith('video/') ? ['camera'] : [])] as const).map(
        (source) => ({
          atMs: 0,
          type: 'published',
          participantId: id,
          trackId: `${source} of ${id}`,
          source,
          paused: false,
        }),
      ),
    ]),
    { atMs: durationMs, type: 'stopped', reason: 'stopped' },
  ];
  writeFileSync(
    join(place, 'events.ndjson'),
    events.map((event) => `${JSON.stringify(event)}\n`).join(''),
  );
  return record;
};

const fileOf = (
  { id, name, type, content }: ShelvedTrack,
  i: number,
  durationMs: number,
): RecordedFile => ({
  name: `${i + 1}-${name.toLowerCase()}-${type.startsWith('video/') ? 'camera' : 'audio'}.webm`,
  kind: 'track',
  participant: { id, name },
  source: 'camera',
  type,
  bytes: content.length,
  durationMs,
  sha256: createHash('sha256').update(content).digest('hex'),
});

import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../server/base/Clock.ts';
import { newId } from '../../server/protocol/ids.ts';
import type { RecordedFile } from '../../server/protocol/recordings.ts';
import type { RecordingRecord } from '../../server/recordings/RecordingRecord.ts';
import { aRecord } from './aRecord.ts';
import type { HttpOnly } from './httpOnly.ts';

/** A file of Ana's camera, with what the test says otherwise. */
const aFile = (content: Buffer, patch: Partial<RecordedFile> = {}): RecordedFile => ({
  name: 'part-1-camera.webm',
  kind: 'track',
  participant: { id: newId('part'), name: 'Ana' },
  source: 'camera',
  type: 'video/webm; codecs="vp8, opus"',
  bytes: content.length,
  durationMs: 1_000,
  sha256: createHash('sha256').update(content).digest('hex'),
  ...patch,
});

/** Puts a finished recording where recordings are, in folder and database. */
export const shelve = async (
  {
    folder,
    store,
    vault,
    clock,
  }: Pick<HttpOnly, 'folder' | 'store' | 'vault'> & {
    readonly clock: Pick<Clock, 'now'>;
  },
  files: readonly { content: Buffer; about?: Partial<RecordedFile> }[],
  patch: Partial<RecordingRecord> = {},
): Promise<RecordingRecord> => {
  const record = aRecord({
    state: 'ready',
    startedAt: clock.now(),
    endedAt: clock.now() + 1_000,
    durationMs: 1_000,
    stopReason: 'stopped',
    files: files.map(({ content, about }) => aFile(content, about)),
    ...patch,
  });
  await vault.create(record);
  await mkdir(join(folder, record.id, 'files'));
  for (const [n, { name }] of record.files.entries()) {
    await writeFile(join(folder, record.id, 'files', name), files[n]?.content ?? '');
  }
  await store.put(record);
  return record;
};

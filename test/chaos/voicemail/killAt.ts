// For `node --import` in front of the server: it strikes at the point that KILL_AT names.
import type { Sound } from '../../../server/rooms/MediaRoom.ts';
import threads from 'node:worker_threads';
import { syncBuiltinESMExports } from 'node:module';
import { FILE_POINTS, watchFiles } from './killFiles.ts';
import { strikeIn } from './strike.ts';

const at = process.env['KILL_AT'] ?? '';

const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(file: string | URL, options: threads.WorkerOptions = {}) {
    const finishes = String(file).endsWith('finishingWorker.ts');
    const url = finishes ? new URL('./killThread.ts', import.meta.url) : file;
    super(url, { ...options, ...(finishes && { env: { KILL_AT: at } }) });
  }
};
syncBuiltinESMExports();

const filePoint = FILE_POINTS[at];
if (filePoint) watchFiles(filePoint);

// Only now: what they import is watched by then.
const { default: Sqlite } = await import('better-sqlite3');
const { DiskTape } = await import('../../../server/media/journal/DiskTape.ts');
const { AppendFile } = await import('../../../server/media/journal/AppendFile.ts');
const { DiskVault } = await import('../../../server/storage/DiskVault.ts');
const { SqlMessages } = await import('../../../server/storage/SqlMessages.ts');
const { SqlRecordings } = await import('../../../server/storage/SqlRecordings.ts');
const { Draft } = await import('../../../server/voicemail/Draft.ts');
const { Greeter } = await import('../../../server/voicemail/Greeter.ts');

interface Row {
  readonly state: string;
  readonly recordingId?: string | null;
}

const always = (): boolean => true;
const isNew = ({ recordingId }: Row): boolean => recordingId === null;
const isRequested = ({ state }: Row): boolean => state === 'requested';
const isReady = ({ state }: Row): boolean => state === 'ready';

/** A statement that begins like this, before it runs; `commit`: of what wrote into the outbox. */
const inStatement = (start: string): void => {
  let telling = false;
  strikeIn(Sqlite.prototype as { prepare: (source: string) => unknown }, 'prepare', {
    before: (source: string) => {
      telling ||= source.startsWith('insert into "outbox"');
      return telling && source.startsWith(start);
    },
  });
};

const POINTS: Readonly<Record<string, () => void>> = {
  'reserve.before': () => strikeIn(SqlMessages.prototype, 'put', { before: isNew }),
  'reserve.after': () => strikeIn(SqlMessages.prototype, 'put', { after: isNew }),
  'folder.before': () => strikeIn(DiskVault.prototype, 'create', { before: always }),
  'folder.made': () => strikeIn(DiskVault.prototype, 'create', { after: always }),
  'folder.row': () => strikeIn(SqlRecordings.prototype, 'put', { after: isRequested }),
  'folder.known': () =>
    strikeIn(SqlMessages.prototype, 'put', { after: (row: Row) => !isNew(row) }),
  'stop.before': () => strikeIn(DiskTape.prototype, 'close', { before: always }),
  'stop.sync': () => {
    let closing = false;
    strikeIn(DiskTape.prototype, 'close', { before: () => ((closing = true), false) });
    strikeIn(AppendFile.prototype, 'sync', { before: () => closing });
  },
  'stop.synced': () => strikeIn(DiskTape.prototype, 'close', { after: always }),
  'row.before': () => strikeIn(SqlRecordings.prototype, 'replace', { before: isReady }),
  'row.after': () => strikeIn(SqlRecordings.prototype, 'replace', { after: isReady }),
  'deliver.before': () => strikeIn(SqlMessages.prototype, 'deliver', { before: always }),
  'deliver.inside': () => inStatement('insert into "outbox"'),
  'deliver.commit': () => inStatement('commit'),
  'saved.untold': () => strikeIn(SqlMessages.prototype, 'deliver', { after: always }),
  'saved.telling': () => strikeIn(Draft.prototype, 'saved', { before: always }),
  'saved.told': () => strikeIn(Draft.prototype, 'saved', { after: always }),
};
POINTS[at]?.();

// A word instead of the whole greeting: what is looked at comes after it.
if (process.env['GREETING'] === 'short') {
  const whole = Object.getOwnPropertyDescriptor(Greeter.prototype, 'play');
  const play = whole?.value as (this: unknown, sound: Sound) => Promise<void>;
  Greeter.prototype.play = function short(sound) {
    return play.call(this, sound.slice(0, 25));
  };
}

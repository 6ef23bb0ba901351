import fs, { existsSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';
import { strike } from './strike.ts';

type When = 'before' | 'after';
type Act = 'open' | 'rename' | 'rm';

interface FilePoint {
  readonly act: Act;
  readonly when: When;
  /** Of the path that is opened, removed, or renamed to. */
  readonly matches: (path: string) => boolean;
}

const ends = (end: string) => (path: string) => path.endsWith(end);

/** A file that everybody gets, made whole, synced and put where it is found. */
const PLAYABLE = 'recording.m4a';

/** Where files are made: in the server, and in its thread that finishes. */
export const FILE_POINTS: Readonly<Record<string, FilePoint>> = {
  'folder.half': {
    act: 'open',
    when: 'before',
    matches: (path) =>
      path.endsWith('manifest.json.new') && !existsSync(join(dirname(path), 'manifest.json')),
  },
  'file.sync': { act: 'open', when: 'before', matches: ends(join('work', PLAYABLE)) },
  'file.synced': { act: 'rename', when: 'before', matches: ends(PLAYABLE) },
  'row.renamed': { act: 'rename', when: 'after', matches: ends(PLAYABLE) },
  'row.outcome': { act: 'rename', when: 'before', matches: ends('finished.json') },
  'row.journals': { act: 'rm', when: 'before', matches: ends('journals') },
  'row.journalsGone': { act: 'rm', when: 'after', matches: ends('journals') },
};

/** Everybody who imports these from now on, or has before, gets what strikes. */
export const watchFiles = ({ act, when, matches }: FilePoint): void => {
  const original = fs.promises[act] as (...paths: unknown[]) => Promise<unknown>;
  const watched = async (...args: unknown[]): Promise<unknown> => {
    const isIt = matches(String(act === 'rename' ? args[1] : args[0]));
    if (isIt && when === 'before') strike();
    const result = await original.apply(fs.promises, args);
    if (isIt && when === 'after') strike();
    return result;
  };
  Object.assign(fs.promises, { [act]: watched });
  syncBuiltinESMExports();
};

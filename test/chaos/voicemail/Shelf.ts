import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** What lies there of messages: folders, and rows of the database. */
export interface Shelf {
  readonly folders: readonly string[];
  /** Ids of what the database lists as recorded. */
  readonly recordings: readonly string[];
  /** Of the messages that were delivered. */
  readonly delivered: readonly string[];
  readonly pending: readonly string[];
  /** Of which somebody is still to be told. */
  readonly untold: readonly string[];
  /** What was only of use on the way: journals, half-made files. */
  readonly litter: readonly string[];
}

const LITTER = new Set(['journals', 'work', 'preview']);

/** `folder`: as of `KillableServer`, which may be at work there. */
export const lookAtShelf = (folder: string): Shelf => {
  const recordings = join(folder, 'recordings');
  const folders = readdirSync(recordings, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
  const database = new Sqlite(join(folder, 'data', 'roomtone.db'), { readonly: true });
  const column = (sql: string): string[] =>
    database.prepare<[], string>(sql).pluck().all().toSorted();
  try {
    return {
      folders,
      recordings: column('select id from recordings'),
      delivered: column(`select recording_id from messages where state = 'delivered'`),
      pending: column(`select id from messages where state = 'pending'`),
      untold: column('select message_id from outbox'),
      litter: folders.flatMap((name) =>
        readdirSync(join(recordings, name))
          .filter((part) => LITTER.has(part) || part.endsWith('.new'))
          .map((part) => join(name, part)),
      ),
    };
  } finally {
    database.close();
  }
};

/** Nothing is under way: every recording is a message's, every message has one. */
export const isTidy = ({ folders, recordings, delivered, ...rest }: Shelf): boolean => {
  const { pending, untold, litter } = rest;
  const same = [folders, recordings].every((ids) => ids.join() === delivered.join());
  return same && pending.length + untold.length + litter.length === 0;
};

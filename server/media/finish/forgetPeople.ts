import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LAYOUT } from '../../recordings/layout.ts';
import type { RecordingRecord } from '../../recordings/RecordingRecord.ts';
import type { TimedEvent } from '../../recordings/Tape.ts';
import { readEvents } from '../journal/readEvents.ts';
import { publishText, syncPath } from './archive/durable.ts';
import { DOCUMENTS } from './extras/documents.ts';

/** What cannot be made again, and holds a list of people under each of these names. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  [DOCUMENTS.speakers]: ['speakers', 'voices'],
  [DOCUMENTS.consent]: ['told', 'answers'],
};

/**
 * Brings the folder of a finished recording to what its record says: files that it does not list are
 * deleted, and nothing tells any more of people whom it does not name. Can be called again after a
 * crash at any point. Everything is safely on disk once this resolves.
 */
export const forgetPeople = async (folder: string, record: RecordingRecord): Promise<void> => {
  const known = new Set<string>(record.people.map(({ participantId }) => participantId));
  await rm(join(folder, LAYOUT.outcome), { force: true });
  for (const name of [LAYOUT.journals, LAYOUT.work, LAYOUT.preview]) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
  await forgetInEvents(folder, known);
  const files = join(folder, LAYOUT.files);
  const listed = new Set(record.files.map(({ name }) => name));
  for (const name of await readdir(files)) {
    const lists = LISTS[name];
    if (lists) await forgetInDocument(join(files, name), { lists, known });
    else if (!listed.has(name)) await rm(join(files, name), { recursive: true });
  }
  await syncPath(files);
  await syncPath(folder);
};

const forgetInEvents = async (folder: string, known: ReadonlySet<string>): Promise<void> => {
  const lines: string[] = [];
  for await (const event of readEvents(folder)) {
    const kept = without(event, known);
    if (kept) lines.push(`${JSON.stringify(kept)}\n`);
  }
  await publishText(join(folder, LAYOUT.events), lines.join(''));
};

/** While somebody spoke who is not known any more, nobody did. */
const without = (event: TimedEvent, known: ReadonlySet<string>): TimedEvent | undefined => {
  if (!('participantId' in event) || event.participantId === null) return event;
  if (known.has(event.participantId)) return event;
  return event.type === 'speaker' ? { ...event, participantId: null } : undefined;
};

const forgetInDocument = async (
  path: string,
  { lists, known }: { lists: readonly string[]; known: ReadonlySet<string> },
): Promise<void> => {
  const document = parse(await readFile(path, 'utf8'));
  // What is not understood may hold anything.
  if (!document) return rm(path);
  for (const list of lists) {
    const entries = document[list];
    document[list] = Array.isArray(entries)
      ? entries.filter((entry: { participantId?: string } | null) =>
          known.has(entry?.participantId ?? ''),
        )
      : [];
  }
  await publishText(path, JSON.stringify(document));
};

const parse = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};

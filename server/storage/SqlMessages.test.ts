import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPeople } from '../accounts/People.ts';
import { FakeClock } from '../base/FakeClock.ts';
import { createLogger } from '../base/logger.ts';
import { newId, type UserId } from '../protocol/ids.ts';
import { MESSAGE_SORTS, type MessageSort } from '../protocol/voicemail.ts';
import type { Message } from '../voicemail/Message.ts';
import { callerKey, placeOf } from '../voicemail/order.ts';
import { Database } from './Database.ts';
import { peopleStores } from './peopleStores.ts';
import { SqlMessages } from './SqlMessages.ts';

const NAMES = ['Zoë', 'ana', 'Ben', 'Äsa', 'ＢＥＮ', 'İnci', '王'];

let folder: string;
let database: Database;
let store: SqlMessages;
let mailbox: UserId;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roomtone-messages-'));
  database = await Database.open(join(folder, 'test.db'));
  store = new SqlMessages(database);
  const people = createPeople({
    stores: peopleStores(database),
    clock: new FakeClock(),
    logger: createLogger('silent'),
    timeZone: 'UTC',
  });
  mailbox = (await people.accounts.create({ name: 'ana', password: 'correct horse battery' })).id;
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const aMessage = (n: number, changes: Partial<Message> = {}): Message => ({
  id: newId('vm'),
  mailbox,
  from: { userId: null, name: null, displayName: NAMES[n % NAMES.length]! },
  reason: 'noAnswer',
  state: 'delivered',
  createdAt: n,
  recordingId: null,
  durationMs: ((n * 7) % 11) * 1000 + 0.5,
  partial: false,
  files: [],
  urgent: n % 5 === 0,
  note: null,
  readAt: n % 3 === 0 ? 1 : null,
  folder: 'inbox',
  trashedAt: null,
  pickedUp: false,
  forwardedBy: null,
  comment: null,
  takenBy: null,
  ...changes,
});

const fill = async (many: number): Promise<Message[]> => {
  const messages: Message[] = [];
  for (let n = 0; n < many; n++) messages.push(aMessage(n));
  for (const message of messages) await store.put(message);
  return messages;
};

const compared = (a: string | number, b: string | number): number => Number(a > b) - Number(a < b);

/** As a person would sort them by hand; the newest first among what is alike. */
const sorted = (messages: readonly Message[], sort: MessageSort): Message[] =>
  messages.toSorted((a, b) => {
    const newest = compared(b.id, a.id);
    if (sort === 'oldest') return -newest;
    if (sort === 'longest') return b.durationMs - a.durationMs || newest;
    if (sort === 'urgent') return Number(b.urgent) - Number(a.urgent) || newest;
    if (sort === 'caller') return compared(callerKey(a), callerKey(b)) || newest;
    return newest;
  });

const pages = async (sort: MessageSort, between: () => Promise<void> = async () => {}) => {
  const seen: string[] = [];
  let last: Message | undefined;
  do {
    const after = last && placeOf(last, sort);
    const page = await store.list({ mailbox, folder: 'inbox', sort, after, limit: 7 });
    seen.push(...page.map(({ id }) => id));
    last = page.length === 7 ? page.at(-1) : undefined;
    await between();
  } while (last);
  return seen;
};

describe('SqlMessages', () => {
  it.each(MESSAGE_SORTS)('lists page by page, %s first, each once', async (sort) => {
    const messages = await fill(60);
    expect(await pages(sort)).toEqual(sorted(messages, sort).map(({ id }) => id));
  });

  it.each(MESSAGE_SORTS)('goes on where it was, whatever comes and goes: %s', async (sort) => {
    const messages = await fill(40);
    const order = sorted(messages, sort).map(({ id }) => id);
    // The last one of the first page, by which the next one is found, goes for good.
    const gone = order[6]!;
    let first = true;
    const seen = await pages(sort, async () => {
      if (first) await store.remove(gone);
      first = false;
    });
    expect(seen).toEqual(order);
  });

  it('finds what is urgent, what is unread, and both', async () => {
    const messages = await fill(30);
    const found = await store.list({
      mailbox,
      folder: 'inbox',
      sort: 'newest',
      unread: true,
      urgent: true,
      limit: 100,
    });
    const both = messages.filter(({ urgent, readAt }) => urgent && readAt === null);
    expect(found.map(({ id }) => id)).toEqual(sorted(both, 'newest').map(({ id }) => id));
  });

  it('reads a page of any order off an index', async () => {
    await fill(10);
    await database.close();
    const raw = new Sqlite(join(folder, 'test.db'));
    const plan = (where: string, order: string) =>
      raw
        .prepare(
          `explain query plan select message from messages where mailbox = 'm' and state = 'delivered' and folder = 'inbox' ${where} order by ${order} limit 31`,
        )
        .all()
        .map((row) => (row as { detail: string }).detail);
    const plans = [
      plan('and id < 5', 'id desc'),
      plan('and id > 5', 'id'),
      plan('and (duration_ms, id) < (5, 5)', 'duration_ms desc, id desc'),
      plan('and caller >= 5 and (caller > 5 or id < 5)', 'caller, id desc'),
      plan('and (urgent, id) < (1, 5)', 'urgent desc, id desc'),
    ];
    raw.close();
    for (const details of plans) {
      expect(details).toEqual([expect.stringMatching(/^SEARCH messages USING INDEX .*[<>]/)]);
    }
    database = await Database.open(join(folder, 'test.db'));
  });
});

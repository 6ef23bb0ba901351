import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, type UserId } from '../../server/protocol/ids.ts';
import { Database } from '../../server/storage/Database.ts';
import { SqlMessages } from '../../server/storage/SqlMessages.ts';
import type { Message } from '../../server/voicemail/Message.ts';
import { KillableServer } from '../chaos/killServer.ts';
import { Somebody } from '../support/Somebody.ts';
import { toRow, type Row } from './measure/result.ts';
import { quantile } from './measure/statistics.ts';

const MESSAGES = 5_000;
const TIMES = 60;
/** More, and who opens the page sees that it is made. */
const LIMIT_MS = 100;
const NAMES = ['Greta', 'Ben Okafor', 'Łukasz', '山田', 'María José', 'Jürgen'];
const NOTES = [null, 'About tomorrow', 'Please call me back before noon', 'It is about the boiler'];

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly nextCursor: string | null;
}

/** A mailbox of 5,000 messages: how long who looks into it waits. */
export const b16 = async (): Promise<Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'roomtone-bench-'));
  const first = await KillableServer.start(folder);
  const { id } = await (await Somebody.create(first, 'ana')).read<{ id: UserId }>('/users/me');
  await first.close();
  await fill(folder, id);
  const server = await KillableServer.start(folder);
  try {
    const ana = await Somebody.signIn(server, 'ana');
    const last = await deepest(ana);
    const asked: Record<string, string> = {
      badge: '/voicemails/summary',
      'list, newest': '/voicemails?folder=inbox&limit=30',
      'list, oldest page': `/voicemails?folder=inbox&limit=30&cursor=${last}`,
      'list, unread': '/voicemails?folder=inbox&unread=true&limit=100',
      'list, trash': '/voicemails?folder=trash&limit=30',
      'search, a name': '/voicemails?folder=inbox&q=okaf&limit=30',
      'search, a note': '/voicemails?folder=inbox&q=boiler&limit=30',
      'search, nothing': '/voicemails?folder=inbox&q=xylophone&limit=30',
    };
    const rows: Row[] = [];
    for (const [figure, path] of Object.entries(asked)) {
      rows.push(rowOf(figure, await timesOf(ana, path)));
    }
    return rows;
  } finally {
    await server.kill('group');
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Straight into the database: leaving so many would take hours. */
const fill = async (folder: string, mailbox: UserId): Promise<void> => {
  const database = await Database.open(join(folder, 'data', 'roomtone.db'));
  try {
    const messages = new SqlMessages(database);
    for (let i = 0; i < MESSAGES; i += 1) await messages.put(messageOf(mailbox, i));
  } finally {
    await database.close();
  }
};

const messageOf = (mailbox: UserId, i: number): Message => ({
  id: newId('vm'),
  mailbox,
  from: { userId: null, name: null, displayName: NAMES[i % NAMES.length] ?? '' },
  reason: 'noAnswer',
  state: 'delivered',
  createdAt: Date.UTC(2026, 0, 1) + i * 60_000,
  recordingId: newId('rec'),
  durationMs: 2_000 + ((i * 7_919) % 170_000),
  partial: i % 50 === 0,
  pickedUp: false,
  forwardedBy: null,
  comment: null,
  takenBy: null,
  files: ['recording.m4a', 'recording.mp3', 'recording.ogg', 'peaks.json'].map((name) => ({
    name,
    kind: name === 'peaks.json' ? 'peaks' : 'audio',
    participant: null,
    source: null,
    type: 'audio/mp4',
    bytes: 100_000,
    durationMs: 20_000,
    sha256: 'a'.repeat(64),
  })),
  urgent: i % 20 === 0,
  note: NOTES[i % NOTES.length] ?? null,
  readAt: i % 3 === 0 ? null : 1,
  folder: i % 10 === 0 ? 'saved' : i % 11 === 0 ? 'trash' : 'inbox',
  trashedAt: null,
});

/** The cursor of the last full page. */
const deepest = async (ana: Somebody): Promise<string> => {
  let cursor = '';
  for (;;) {
    const query = `/voicemails?folder=inbox&limit=100${cursor && `&cursor=${cursor}`}`;
    const { nextCursor } = await ana.read<Page>(query);
    if (nextCursor === null) return cursor;
    cursor = nextCursor;
  }
};

const timesOf = async (ana: Somebody, path: string): Promise<number[]> => {
  const times: number[] = [];
  // The first is for warming up.
  for (let i = 0; i <= TIMES; i += 1) {
    const startedAt = performance.now();
    const response = await ana.rest('GET', path);
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    if (i > 0) times.push(performance.now() - startedAt);
  }
  return times;
};

const rowOf = (figure: string, times: readonly number[]): Row =>
  toRow({
    id: 'B16',
    figure: `${figure}, p95`,
    unit: 'ms',
    ours: quantile(times, 0.95),
    yardstick: LIMIT_MS,
    aim: { atMost: 1 },
    notes: [
      `${MESSAGES} messages; ${TIMES} requests one after another, loopback and HTTP included`,
      `p50 ${quantile(times, 0.5).toFixed(1)} ms, longest ${Math.max(...times).toFixed(1)} ms`,
    ],
  });

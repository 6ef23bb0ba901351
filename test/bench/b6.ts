import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Voicemail } from '../../server/protocol/voicemail.ts';
import { KillableServer } from '../chaos/killServer.ts';
import { MessageCaller } from '../support/MessageCaller.ts';
import type { RawClient } from '../support/rawClient.ts';
import { Somebody } from '../support/Somebody.ts';
import { toRow, type Row } from './measure/result.ts';
import { median, quantile } from './measure/statistics.ts';

const MESSAGES = 20;
const SPEAKING_MS = 3_000;

interface Timed {
  /** From Send to the answer that it is saved. */
  readonly saved: number;
  /** From Send to the owner's page that counts it. */
  readonly badge: number;
  /** From Stop to a message that can be heard. */
  readonly recorded: number;
  /** Write, fsync and commit of the same bytes, by ourselves. */
  readonly yardstick: number;
}

/** Send to "saved" and to the badge, against what any program needs to keep the same bytes. */
export const b6 = async (): Promise<Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'roomtone-bench-'));
  const server = await KillableServer.start(folder);
  const yardstick = new Yardstick(folder);
  const timed: Timed[] = [];
  try {
    const ana = await Somebody.create(server, 'ana');
    await ana.set({ availability: 'doNotDisturb' });
    const page = await ana.page();
    // The first is for warming up.
    for (let i = 0; i <= MESSAGES; i += 1) {
      const times = await leaveOne({ server, ana, page, yardstick, i });
      if (i > 0) timed.push(times);
    }
    await page.close();
  } finally {
    yardstick.close();
    await server.kill('group');
    rmSync(folder, { recursive: true, force: true });
  }
  return rowsOf(timed);
};

interface Scene {
  readonly server: KillableServer;
  readonly ana: Somebody;
  readonly page: RawClient;
  readonly yardstick: Yardstick;
  readonly i: number;
}

const leaveOne = async ({ server, ana, page, yardstick, i }: Scene): Promise<Timed> => {
  const caller = await MessageCaller.call(server, {
    to: 'ana',
    name: 'Greta',
    // Nobody may call one person so often.
    localAddress: `127.0.1.${i + 1}`,
  });
  try {
    await caller.speaks(SPEAKING_MS);
    const stoppedAt = performance.now();
    await caller.stops();
    const recorded = performance.now() - stoppedAt;
    page.notifications.splice(0);
    const sentAt = performance.now();
    const badge = page.told('voicemailChanged', (counts) => counts.new === i + 1);
    const [saved, counted] = await Promise.all([
      caller.sends().then(() => performance.now() - sentAt),
      badge.then(() => performance.now() - sentAt),
    ]);
    const message = await ana.read<Voicemail>(`/voicemails/${caller.messageId}`);
    const bytes = message.files.reduce((sum, file) => sum + file.bytes, 0);
    return { saved, badge: counted, recorded, yardstick: await yardstick.keep(bytes, message) };
  } finally {
    await caller.close();
  }
};

/** Keeps as many bytes as safely, in the simplest way. */
class Yardstick {
  readonly #folder: string;
  readonly #database: Sqlite.Database;
  #kept = 0;

  constructor(folder: string) {
    this.#folder = folder;
    this.#database = new Sqlite(join(folder, 'yardstick.db'));
    this.#database.pragma('journal_mode = WAL');
    this.#database.pragma('synchronous = FULL');
    this.#database.exec('create table kept (id integer primary key, message text not null)');
  }

  /** Milliseconds. */
  async keep(bytes: number, message: object): Promise<number> {
    const content = Buffer.alloc(bytes, 1);
    const startedAt = performance.now();
    const file = await open(join(this.#folder, `kept-${(this.#kept += 1)}`), 'w');
    await file.writeFile(content);
    await file.sync();
    await file.close();
    this.#database.prepare('insert into kept (message) values (?)').run(JSON.stringify(message));
    return performance.now() - startedAt;
  }

  close(): void {
    this.#database.close();
  }
}

const rowsOf = (timed: readonly Timed[]): Row[] => {
  const of = (name: keyof Timed): number[] => timed.map((times) => times[name]);
  const row = (figure: string, name: keyof Timed, part: number, atMost?: number): Row =>
    toRow({
      id: 'B6',
      figure: `${figure}, p${Math.round(part * 100)}`,
      unit: 'ms',
      ours: quantile(of(name), part),
      yardstick: quantile(of('yardstick'), part),
      aim: atMost === undefined ? {} : { atMost },
      notes: [
        `${MESSAGES} messages of ${SPEAKING_MS / 1000} s; the yardstick is write, fsync and commit of the same bytes`,
        `Stop to a message that can be heard: p50 ${median(of('recorded')).toFixed(0)} ms, p95 ${quantile(of('recorded'), 0.95).toFixed(0)} ms`,
      ],
    });
  return [
    row('Send to saved', 'saved', 0.5),
    row('Send to saved', 'saved', 0.95, 5),
    row('Send to badge', 'badge', 0.5),
    row('Send to badge', 'badge', 0.95, 5),
  ];
};

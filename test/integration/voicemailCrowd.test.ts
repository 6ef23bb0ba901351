import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Voicemail } from '../../server/protocol/voicemail.ts';
import { KillableServer } from '../chaos/killServer.ts';
import { MessageCaller } from '../support/MessageCaller.ts';
import { toneOf } from '../support/peerMedia.ts';
import { toneIn } from '../support/pitch.ts';
import { Somebody } from '../support/Somebody.ts';
import { waitFor } from '../support/waitFor.ts';

/** Many leave messages at once, each with a voice of their own; `CALLERS=100` for more of them. */

const CALLERS = Number(process.env['CALLERS'] ?? 16);
const MAILBOXES = Math.max(2, Math.round(CALLERS / 20));
const SPEAKING_MS = 4_000;
/** Far enough apart to tell them. */
const STEP_HZ = 25;
const TONES_HZ = Array.from({ length: CALLERS }, (_, i) => 300 + i * STEP_HZ);

let folder: string;
let server: KillableServer;
const owners: Somebody[] = [];
const callers: MessageCaller[] = [];

beforeAll(async () => {
  // One after another: each encoder takes ports.
  for (const toneHz of TONES_HZ) await toneOf(toneHz);
  folder = mkdtempSync(join(tmpdir(), 'roomtone-crowd-'));
  server = await KillableServer.start(folder);
  for (let i = 0; i < MAILBOXES; i += 1) owners.push(await Somebody.create(server, `owner${i}`));
}, 120_000);
afterAll(async () => {
  await Promise.all(callers.map((caller) => caller.close()));
  await server.kill('group');
  rmSync(folder, { recursive: true, force: true });
});

const inboxOf = async (owner: Somebody): Promise<Voicemail[]> =>
  (await owner.read<{ items: Voicemail[] }>('/voicemails?limit=100')).items;
const nameOf = (i: number): string => `Caller ${i}`;
const ownerOf = (i: number): Somebody => owners[i % MAILBOXES]!;

const leave = async (i: number): Promise<void> => {
  const caller = await MessageCaller.call(server, {
    to: ownerOf(i).name,
    name: nameOf(i),
    toneHz: TONES_HZ[i]!,
    localAddress: `127.0.1.${i + 1}`,
  });
  callers.push(caller);
  await caller.speaks(SPEAKING_MS);
  expect((await caller.sends()).state).toBe('saved');
};

test(
  `of ${CALLERS} callers at once is each heard, and by whom it was meant for`,
  async () => {
    await Promise.all(TONES_HZ.map((_, i) => leave(i)));
    const found = await waitFor(
      'all are there',
      async () => (await Promise.all(owners.map(inboxOf))).flat(),
      ({ length }) => length === CALLERS,
    );
    for (const [i, toneHz] of TONES_HZ.entries()) {
      const message = found.find(({ from }) => from.displayName === nameOf(i))!;
      expect(message.mailbox).toBe(ownerOf(i).name);
      const { url, sha256 } = message.files.find(({ name }) => name.endsWith('.m4a'))!;
      const file = await ownerOf(i).rest('GET', url.slice('/api/v1'.length));
      const sound = Buffer.from(await file.arrayBuffer());
      expect(createHash('sha256').update(sound).digest('hex')).toBe(sha256);
      const { hz, fromMs, toMs } = toneIn(sound, TONES_HZ);
      expect([nameOf(i), hz]).toEqual([nameOf(i), toneHz]);
      expect(toMs - fromMs).toBeGreaterThan(SPEAKING_MS - 500);
    }
  },
  30_000 + CALLERS * 4_000,
);

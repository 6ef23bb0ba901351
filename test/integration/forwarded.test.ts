import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Voicemail } from '../../server/protocol/voicemail.ts';
import { KillableServer } from '../chaos/killServer.ts';
import { MessageCaller } from '../support/MessageCaller.ts';
import { Somebody } from '../support/Somebody.ts';
import { waitFor } from '../support/waitFor.ts';

/** Messages that are passed on, and what is on disk of them: once, until nobody has them any more. */

let folder: string;
let server: KillableServer;
let ana: Somebody;
let bob: Somebody;
let caller: MessageCaller | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roomtone-forwarded-'));
  server = await KillableServer.start(folder);
  ana = await Somebody.create(server, 'ana');
  bob = await Somebody.create(server, 'bob');
}, 60_000);
afterAll(async () => {
  await caller?.close();
  await server.kill('group');
  rmSync(folder, { recursive: true, force: true });
});

const inboxOf = async (owner: Somebody): Promise<Voicemail[]> =>
  (await owner.read<{ items: Voicemail[] }>('/voicemails')).items;
const onDisk = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|\/)rec_[\w-]+$/.test(path))
    .filter((path) => !path.includes('data/'));

const leaveFor = async (to: string): Promise<void> => {
  await caller?.close();
  caller = await MessageCaller.call(server, { to, name: 'Greta' });
  await caller.speaks(2_500);
  await caller.sends();
};
const forward = async (from: Somebody, id: string, body: object): Promise<number> =>
  (await from.rest('POST', `/voicemails/${id}/forward`, body)).status;
const isHeardBy = async (owner: Somebody, { files }: Voicemail): Promise<boolean> => {
  const audio = files.find(({ kind }) => kind === 'audio')!;
  return (await owner.rest('GET', audio.url.slice('/api/v1'.length))).status === 200;
};
const setQuota = async (name: string, quotaBytes: number | null): Promise<void> => {
  const { ok } = await fetch(`${server.url}/api/v1/mailboxes/${name}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${server.adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ quotaBytes }),
  });
  expect(ok).toBe(true);
};
const remove = async (name: string): Promise<void> => {
  const { status } = await fetch(`${server.url}/api/v1/users/${name}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${server.adminKey}` },
  });
  expect(status).toBe(204);
};

test('a forwarded message is in both mailboxes and on disk once; who deletes theirs deletes theirs alone', async () => {
  await leaveFor('ana');
  const page = await bob.page();
  const [mine] = await inboxOf(ana);
  await ana.rest('PATCH', `/voicemails/${mine!.id}`, { read: true });
  expect(await forward(ana, mine!.id, { to: 'bob', comment: 'For you, I think' })).toBe(204);
  expect(await page.told('voicemailChanged')).toMatchObject({ new: 1 });
  page.socket.terminate();
  const [theirs] = await inboxOf(bob);
  expect(theirs).toMatchObject({
    mailbox: 'bob',
    from: { name: null, displayName: 'Greta' },
    createdAt: mine!.createdAt,
    readAt: null,
    forwardedBy: { name: 'ana', displayName: 'Ana' },
    comment: 'For you, I think',
  });
  expect(theirs!.id).not.toBe(mine!.id);
  expect(onDisk()).toHaveLength(1);
  expect((await ana.rest('DELETE', `/voicemails/${mine!.id}`)).status).toBe(204);
  expect(await isHeardBy(bob, theirs!)).toBe(true);
  // However one asks for one's own, it is at one address.
  expect(await bob.read(`/voicemails/${theirs!.id}?user=bob`)).toEqual(theirs);
  // What is not in one's own mailbox is not there.
  expect((await ana.rest('GET', `/voicemails/${theirs!.id}`)).status).toBe(404);
  expect((await bob.rest('DELETE', `/voicemails/${theirs!.id}`)).status).toBe(204);
  expect(onDisk()).toEqual([]);
}, 60_000);

test('it cannot be forwarded to nobody, to whoever blocks, or to where it is; nobody and blocked are told alike', async () => {
  await leaveFor('ana');
  const [mine] = await inboxOf(ana);
  await bob.rest('PUT', '/users/me/call-plan', { rules: [], blocked: ['ana'], blockGuests: false });
  const to = async (name: string) => {
    const answer = await ana.rest('POST', `/voicemails/${mine!.id}/forward`, { to: name });
    const { instance: _, ...problem } = (await answer.json()) as { instance: string };
    return problem;
  };
  const blocked = await to('bob');
  expect(blocked).toMatchObject({ code: 'not_found' });
  expect(blocked).toEqual(await to('nobody-here'));
  expect(await forward(ana, mine!.id, { to: 'ana' })).toBe(409);
  expect(await forward(ana, mine!.id, { to: 'bob', comment: 'x'.repeat(501) })).toBe(400);
  await bob.rest('PUT', '/users/me/call-plan', { rules: [], blocked: [], blockGuests: false });
  expect(await forward(ana, mine!.id, { to: 'bob' })).toBe(204);
}, 60_000);

test('it cannot be forwarded to a mailbox that is full, or takes no messages', async () => {
  const [mine] = await inboxOf(ana);
  const before = (await inboxOf(bob)).length;
  await setQuota('bob', 0);
  expect(await forward(ana, mine!.id, { to: 'bob' })).toBe(507);
  await setQuota('bob', null);
  await bob.set({ voicemail: false });
  expect(await forward(ana, mine!.id, { to: 'bob' })).toBe(404);
  await bob.set({ voicemail: true });
  expect(await inboxOf(bob)).toHaveLength(before);
}, 60_000);

test('of somebody removed nothing is left on disk but what others were forwarded, also after a crash', async () => {
  await leaveFor('ana');
  expect(await inboxOf(ana)).toHaveLength(2);
  expect(onDisk()).toHaveLength(2);
  await remove('ana');
  await waitFor('her own is gone', onDisk, (found) => found.length === 1);
  const [theirs] = await inboxOf(bob);
  // Of a removed person the name remains.
  expect(theirs!.forwardedBy).toEqual({ name: 'ana', displayName: 'Ana' });
  expect(await isHeardBy(bob, theirs!)).toBe(true);
  // The server was killed when the rows were gone, and the media not.
  await server.kill('group');
  const database = new DatabaseSync(join(folder, 'data', 'roomtone.db'));
  database.exec('PRAGMA foreign_keys = on');
  database.exec("DELETE FROM accounts WHERE name = 'bob'");
  database.close();
  expect(onDisk()).toHaveLength(1);
  server = await KillableServer.start(folder);
  await waitFor('nothing is left', onDisk, (found) => found.length === 0);
}, 90_000);

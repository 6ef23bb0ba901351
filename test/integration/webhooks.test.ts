import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook as Verifier } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../../server/base/FakeClock.ts';
import { createLogger } from '../../server/base/logger.ts';
import type { DeliveryResource } from '../../server/protocol/webhooks.ts';
import { Database } from '../../server/storage/Database.ts';
import { SqlWebhooks } from '../../server/storage/SqlWebhooks.ts';
import { createWebhooks } from '../../server/webhooks/createWebhooks.ts';
import { ADMIN_KEY, httpOnly, type HttpOnly } from '../support/httpOnly.ts';
import { MessageCaller } from '../support/MessageCaller.ts';
import { Peer } from '../support/peer.ts';
import { Somebody } from '../support/Somebody.ts';
import { shortSounds } from '../support/shortSounds.ts';
import { startApp } from '../support/startApp.ts';
import { waitFor } from '../support/waitFor.ts';
import { WebhookReceiver } from '../support/WebhookReceiver.ts';

/** Other programs are told what happens, by a real server, in time and after it was away. */

const HOUR_MS = 3_600_000;

interface Made {
  readonly id: string;
  readonly secret: string;
}

let receiver: WebhookReceiver;
beforeEach(async () => {
  receiver = await WebhookReceiver.open();
});
afterEach(() => receiver.close());

const asker =
  (url: string, key: string) =>
  (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });

describe('a webhook', () => {
  let edge: HttpOnly;
  let url: string;
  let ask: ReturnType<typeof asker>;

  beforeEach(async () => {
    edge = await httpOnly({ pushNetwork: receiver.network });
    url = await edge.app.listen({ host: '127.0.0.1', port: 0 });
    ask = asker(url, ADMIN_KEY);
  });
  afterEach(async () => {
    await edge.webhooks.close();
    await edge.app.close();
  });

  const create = async (body: object = {}): Promise<Made> =>
    (await (await ask('POST', '/webhooks', { url: receiver.url, ...body })).json()) as Made;
  const log = async (id: string, query = ''): Promise<DeliveryResource[]> => {
    const response = await ask('GET', `/webhooks/${id}/deliveries${query}`);
    return ((await response.json()) as { items: DeliveryResource[] }).items;
  };
  const ends = (id: string, state: string): Promise<DeliveryResource[]> =>
    waitFor(
      `it is ${state}`,
      () => log(id),
      ([last]) => last?.state === state,
    );
  const happens = (): Promise<void> =>
    edge.webhooks.announce({ type: 'room.ended', data: { room: { id: 'a' } } });
  const later = (): void => edge.clock.advance(HOUR_MS);

  test('shows its secret once, and is gone when it is deleted', async () => {
    const { id, secret } = await create();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await (await ask('GET', '/webhooks')).text()).not.toContain(secret);
    expect((await ask('DELETE', `/webhooks/${id}`)).status).toBe(204);
    expect((await ask('DELETE', `/webhooks/${id}`)).status).toBe(404);
    await happens();
    expect(receiver.received).toEqual([]);
  });

  test('is managed by keys with a scope of its own, which do nothing else', async () => {
    const { secret } = await edge.apiKeys.create({ name: 'a', scopes: ['webhooks:write'] });
    const other = asker(url, secret);
    const made = await other('POST', '/webhooks', { url: receiver.url });
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as Made;
    expect((await other('GET', `/webhooks/${id}/deliveries`)).status).toBe(200);
    expect((await other('DELETE', `/webhooks/${id}`)).status).toBe(204);
    for (const path of ['/keys', '/recordings', '/storage', '/users', '/voicemails?user=x']) {
      expect([path, (await other('GET', path)).status]).toEqual([path, 403]);
    }
  });

  test.each([
    'http://localhost/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://10.0.0.1/',
    'https://user:secret@localhost/',
    'ftp://localhost/',
  ])('cannot be at %s', async (address) => {
    expect((await ask('POST', '/webhooks', { url: address })).status).toBe(400);
  });

  test('is told again what it did not take, under the same id, and signed each time', async () => {
    const { id, secret } = await create();
    receiver.answers.push(500, 503);
    await happens();
    const all = await receiver.until(3, later);
    expect(new Set(all.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(all.map(({ body }) => body)).size).toBe(1);
    for (const { headers, body } of all) {
      const at = new Date(Number(headers['webhook-timestamp']) * 1000);
      const signature = new Verifier(secret).sign(headers['webhook-id']!, at, body);
      expect(headers['webhook-signature']).toBe(signature);
    }
    expect(new Set(all.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(3);
    const [delivery] = await ends(id, 'delivered');
    expect(delivery).toMatchObject({
      id: all[0]!.headers['webhook-id'],
      type: 'room.ended',
      attempts: 3,
      status: 204,
      nextAttemptAt: null,
    });
  });

  test('that hangs is tried again, and holds up nobody else', async () => {
    const hanging = await create({ events: ['room.ended'] });
    const other = await create({ url: `${receiver.url}/other`, events: ['room.started'] });
    receiver.answers.push('silence');
    await happens();
    await receiver.until(1);
    await edge.webhooks.announce({ type: 'room.started', data: {} });
    await ends(other.id, 'delivered');
    expect((await log(hanging.id))[0]).toMatchObject({ state: 'pending', attempts: 0 });
    await receiver.until(3, later);
    expect(receiver.types).toEqual(['room.ended', 'room.started', 'room.ended']);
    await ends(hanging.id, 'delivered');
  });

  test('that is gone is told nothing any more', async () => {
    const { id } = await create();
    receiver.answers.push(410);
    await happens();
    const [delivery] = await ends(id, 'failed');
    expect(delivery).toMatchObject({ attempts: 1, status: 410, nextAttemptAt: null });
    await happens();
    later();
    expect(receiver.received).toHaveLength(1);
    const { items } = (await (await ask('GET', '/webhooks')).json()) as {
      items: { disabledAt: string | null }[];
    };
    expect(items[0]?.disabledAt).not.toBeNull();
  });

  test('leads nowhere else', async () => {
    const { id } = await create();
    receiver.answers.push(307);
    await happens();
    const all = await receiver.until(2, later);
    expect(all.map(({ path }) => path)).toEqual(['/hook', '/hook']);
    await ends(id, 'delivered');
  });

  test('hears of what it wants to hear, and of the rest nothing', async () => {
    await create({ events: ['room.started'] });
    await happens();
    await edge.webhooks.announce({ type: 'room.started', data: {} });
    await receiver.until(1);
    expect(receiver.types).toEqual(['room.started']);
  });

  test('is given up after three days', async () => {
    const { id } = await create();
    receiver.answers.push(...Array.from({ length: 50 }, () => 500));
    const began = edge.clock.now();
    await happens();
    const [delivery] = await waitFor(
      'it is given up',
      () => {
        later();
        return log(id);
      },
      ([last]) => last?.state === 'failed',
      { timeoutMs: 20_000 },
    );
    expect(delivery?.attempts).toBe(10);
    const hours = (edge.clock.now() - began) / HOUR_MS;
    expect(hours).toBeGreaterThan(60);
  }, 30_000);

  test('has a log that is read page by page, and goes after a month', async () => {
    const { id } = await create();
    for (let n = 0; n < 3; n += 1) await happens();
    await waitFor(
      'all is delivered',
      () => log(id),
      (items) => items.length === 3 && items.every(({ state }) => state === 'delivered'),
    );
    const ids = (await log(id)).map((one) => one.id);
    expect(ids).toEqual(ids.toSorted().toReversed());
    expect((await log(id, '?limit=2')).map((one) => one.id)).toEqual(ids.slice(0, 2));
    edge.clock.advance(31 * 24 * HOUR_MS);
    await waitFor(
      'it is pruned',
      () => log(id),
      ({ length }) => length === 0,
    );
  });
});

test('what was not taken before a restart is taken after it, with the same id', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'roomtone-test-'));
  const clock = new FakeClock();
  const open = async () => {
    const database = await Database.open(join(folder, 'test.db'));
    const webhooks = createWebhooks({
      store: new SqlWebhooks(database),
      network: receiver.network,
      clock,
      logger: createLogger('silent'),
    });
    return { webhooks, database };
  };
  try {
    const before = await open();
    await before.webhooks.create(receiver.url, null);
    receiver.answers.push('silence');
    await before.webhooks.announce({ type: 'room.ended', data: {} });
    await receiver.until(1);
    // In the middle of it; and it does not wait for the answer.
    await before.webhooks.close();
    await before.database.close();
    const after = await open();
    after.webhooks.wake();
    const [first, second] = await receiver.until(2);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    await after.webhooks.close();
    await after.database.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('what happens here is told in the shapes of REST, but for what is written to others', async () => {
  const running = await startApp({}, { webhookNetwork: receiver.network, sounds: shortSounds });
  try {
    const ask = asker(running.url, running.adminKey);
    const made = (await (await ask('POST', '/webhooks', { url: receiver.url })).json()) as Made;
    expect((await ask('POST', `/webhooks/${made.id}/test`)).status).toBe(202);
    const [tested] = await receiver.until(1);
    expect(new Verifier(made.secret).verify(tested!.body, tested!.headers)).toMatchObject({
      type: 'test',
    });
    const { id } = (await (await ask('POST', '/rooms', { name: 'den' })).json()) as Made;
    const peer = new Peer({ url: running.url, room: 'den', name: 'Greta' });
    await peer.client.join();
    await receiver.until(3);
    await peer.close();
    const ana = await Somebody.create(running, 'ana');
    await ana.set({ availability: 'doNotDisturb' });
    const caller = await MessageCaller.call(running, { to: 'ana', name: 'Gustav' });
    await caller.speaks(3_000);
    await caller.sends({ note: 'for Ana alone' });
    await caller.close();
    await waitFor(
      'the message is told',
      () => receiver.types,
      (types) => types.includes('voicemail.created'),
      { timeoutMs: 20_000 },
    );
    await ana.rest('PATCH', `/voicemails/${caller.messageId}`, { read: true });
    await waitFor(
      'that it is read is told',
      () => receiver.types,
      (types) => types.includes('voicemail.read'),
    );
    for (const type of ['room.started', 'participant.joined']) {
      const event = receiver.received.find((one) => one.event.type === type)?.event;
      expect(event?.data['room']).toMatchObject({ id, name: 'den' });
    }
    const { event } = receiver.received.find((one) => one.event.type === 'voicemail.created')!;
    expect(event.data['voicemail']).toMatchObject({
      id: caller.messageId,
      mailbox: 'ana',
      from: { name: null, displayName: 'Gustav' },
      note: null,
    });
    // The room in which it was left is nobody's conference.
    expect(receiver.types.filter((type) => type === 'room.started')).toHaveLength(1);
    expect(receiver.received.map(({ body }) => body).join()).not.toContain('for Ana alone');
  } finally {
    await running.close();
  }
}, 60_000);

import { afterAll, beforeAll, expect, test } from 'vitest';
import { MessageCaller } from '../support/MessageCaller.ts';
import { PushService } from '../support/PushService.ts';
import { Somebody } from '../support/Somebody.ts';
import { shortSounds } from '../support/shortSounds.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';

/** Browsers without an open page are told of messages, through a push service that decrypts as a browser does. */

let service: PushService;
let running: RunningApp;

beforeAll(async () => {
  service = await PushService.open();
  running = await startApp({}, { pushNetwork: service.network, sounds: shortSounds });
});
afterAll(async () => {
  await running.close();
  await service.close();
});

test('a message is pushed to every browser of its owner, and only they can read it', async () => {
  const ana = await Somebody.create(running, 'ana');
  await ana.set({ availability: 'doNotDisturb' });
  const onPhone = await Somebody.signIn(running, 'ana');
  const browsers = [service.browser(), service.browser()];
  for (const [i, somebody] of [ana, onPhone].entries()) {
    expect((await somebody.rest('POST', '/push', browsers[i]!.toJSON())).status).toBe(201);
  }
  const caller = await MessageCaller.call(running, { to: 'ana', name: 'Greta' });
  await caller.speaks(3_000);
  await caller.sends({ urgent: true });
  await caller.close();
  const id = caller.messageId;
  for (const browser of browsers) {
    const [message] = await service.messages(browser, 1);
    expect(message).toMatchObject({
      kind: 'message',
      messageId: id,
      from: { name: null, displayName: 'Greta' },
      urgent: true,
      waiting: 1,
      page: `/voicemail?message=${id}&mailbox=ana`,
    });
    const { headers, body } = service.pushed(browser)[0]!;
    expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high' });
    expect(() => service.browser().decrypt(body)).toThrow(/authenticate/);
  }
}, 60_000);

test('a message in a mailbox that several look after is pushed to all of them', async () => {
  const asAdmin = (method: string, path: string, body: object): Promise<Response> =>
    fetch(`${running.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${running.adminKey}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
  await asAdmin('POST', '/users', { name: 'support', displayName: 'Support' });
  const browsers = [];
  for (const name of ['ben', 'cleo']) {
    const somebody = await Somebody.create(running, name);
    await asAdmin('PUT', `/mailboxes/support/members/${name}`, {});
    const browser = service.browser();
    await somebody.rest('POST', '/push', browser.toJSON());
    browsers.push(browser);
  }
  const caller = await MessageCaller.call(running, { to: 'support', name: 'Greta' });
  await caller.speaks(2_500);
  await caller.sends();
  await caller.close();
  for (const browser of browsers) {
    const [message] = await service.messages(browser, 1);
    expect(message).toMatchObject({
      messageId: caller.messageId,
      page: `/voicemail?message=${caller.messageId}&mailbox=support`,
    });
  }
}, 60_000);

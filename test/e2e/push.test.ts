import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CallState } from '../../server/protocol/calls.ts';
import type { PushMessage, PushResource } from '../../server/protocol/push.ts';
import type { PushBrowser } from '../support/PushBrowser.ts';
import { PushedWorker } from '../support/PushedWorker.ts';
import { PushService } from '../support/PushService.ts';
import type { RawClient } from '../support/rawClient.ts';
import { endedAs, heardCall, Somebody } from '../support/Somebody.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';

declare global {
  interface Window {
    /** The key that the page subscribed with. */
    subscribedWith: number[];
    accepted: string[];
  }
}

/**
 * No maker’s push service can be reached from a test: the browser subscribes at that of the test, and what
 * comes there is handed to it.
 */
const subscribeAt = async (visitor: Visitor, browser: PushBrowser): Promise<void> => {
  await visitor.browser.context.addInitScript((json) => {
    const KEY = 'test subscription';
    const subscription = (): unknown => ({
      options: {},
      toJSON: () => json,
      unsubscribe: () => {
        localStorage.removeItem(KEY);
        return Promise.resolve(true);
      },
    });
    Object.assign(PushManager.prototype, {
      subscribe: ({ applicationServerKey }: { applicationServerKey: Uint8Array }) => {
        window.subscribedWith = [...applicationServerKey];
        localStorage.setItem(KEY, 'on');
        return Promise.resolve(subscription());
      },
      getSubscription: () =>
        Promise.resolve(localStorage.getItem(KEY) === null ? null : subscription()),
    });
  }, browser.toJSON());
};

describe('being told of calls', { timeout: 60_000 }, () => {
  let service: PushService;
  let running: RunningApp;
  let ana: Visitor;
  let browser: PushBrowser;
  let ben: RawClient;
  let worker: PushedWorker;
  let delivered = 0;

  const pushSwitch = () => ana.page.getByRole('switch', { name: 'Ring while no page is open' });
  const push = (): Promise<PushResource> =>
    ana.page.evaluate(async () => (await (await fetch('/api/v1/push')).json()) as PushResource);
  /** What is pushed next, handed to the browser. */
  const deliver = async (): Promise<PushMessage> => {
    const messages = await service.messages(browser, delivered + 1);
    const message = messages[delivered]!;
    delivered += 1;
    await worker.receive(message);
    return message;
  };
  const isRung = async (): Promise<CallState> => {
    const { call } = await ben.request('placeCall', { to: 'ana', video: true });
    expect(call.state).toBe('ringing');
    expect(await deliver()).toMatchObject({ kind: 'call', callId: call.id });
    return call;
  };

  beforeAll(async () => {
    service = await PushService.open();
    browser = service.browser();
    running = await startApp({}, { pushNetwork: service.network });
    await Somebody.create(running, 'ana');
    ben = await (await Somebody.create(running, 'ben')).page();
    ana = await Visitor.come(running.url, 'Ana');
    await ana.browser.context.grantPermissions(['notifications'], { origin: running.url });
    await subscribeAt(ana, browser);
    await ana.page.goto(`${running.url}/signin?then=/settings`);
    await ana.page.getByRole('textbox', { name: 'User name' }).fill('ana');
    await ana.page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery');
    await ana.press('Sign in');
    await pushSwitch().waitFor();
  });
  afterEach(() => ana.hasNoComplaints());
  afterAll(async () => {
    await ana?.close();
    await running?.close();
    await service?.close();
  });

  it('is switched on in the settings, and stays so', async () => {
    expect(await pushSwitch().getAttribute('aria-checked')).toBe('false');
    await pushSwitch().click();
    await waitFor(
      'the server knows this browser',
      () => push(),
      ({ subscriptions }) => subscriptions.some(({ current }) => current),
    );
    const key = await ana.page.evaluate(() => window.subscribedWith);
    expect(Buffer.from(key).toString('base64url')).toBe((await push()).publicKey);
    await ana.page.reload();
    await waitFor('it is on', async () => {
      return (await pushSwitch().getAttribute('aria-checked')) === 'true';
    });
    worker = await PushedWorker.of(ana.page);
  });

  it('shows who calls, and hangs up for them when they are not wanted', async () => {
    await ana.page.goto('about:blank');
    await isRung();
    expect(await worker.shows('Ben is calling')).toEqual([
      {
        title: 'Ben is calling',
        body: 'With video',
        silent: false,
        actions: ['Accept', 'Decline'],
      },
    ]);
    const declined = heardCall(ben, endedAs('declined'));
    await worker.press('decline');
    await declined;
    expect(await deliver()).toMatchObject({ kind: 'callEnded', missed: false });
    await worker.shows();
  });

  it('says what was missed', async () => {
    const { id } = await isRung();
    await worker.shows('Ben is calling');
    await ben.request('hangUp', { callId: id });
    expect(await deliver()).toMatchObject({ kind: 'callEnded', missed: true });
    await worker.shows('Missed call from Ben');
    await worker.noteWindows();
    await worker.press('');
    await waitFor('the calls are opened', async () => (await worker.opened()).join() === '/calls');
    await worker.shows();
  });

  it('opens the page that accepts, where none is open', async () => {
    const { id } = await isRung();
    await worker.noteWindows();
    await worker.press('accept');
    await waitFor(
      'the page is opened',
      () => worker.opened(),
      (opened) => opened.join() === `/?accept=${id}`,
    );
    await ben.request('hangUp', { callId: id });
    await deliver();
  });

  it('makes no second sound beside a page that is seen', async () => {
    await ana.page.goto(`${running.url}/settings`);
    const { id } = await isRung();
    await waitFor(
      'it is shown, silently',
      () => worker.shown(),
      (shown) => shown.some(({ title, silent }) => title === 'Ben is calling' && silent),
    );
    await ben.request('hangUp', { callId: id });
    await deliver();
  });

  it('ends when it is switched off', async () => {
    await waitFor('it is on', async () => {
      return (await pushSwitch().getAttribute('aria-checked')) === 'true';
    });
    await pushSwitch().click();
    await waitFor(
      'the server has forgotten this browser',
      () => push(),
      ({ subscriptions }) => subscriptions.length === 0,
    );
    const { call } = await ben.request('placeCall', { to: 'ana', video: false });
    expect(call.state).toBe('ended');
    expect(service.pushed(browser)).toHaveLength(delivered);
  });
});

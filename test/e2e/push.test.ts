import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CallState } from '../../server/protocol/calls.ts';
import type { CallId } from '../../server/protocol/ids.ts';
import type { Person } from '../../server/protocol/people.ts';
import type { PushMessage, PushResource } from '../../server/protocol/push.ts';
import type { PushBrowser } from '../support/PushBrowser.ts';
import { ANA } from '../support/personas.ts';
import { PushedWorker } from '../support/PushedWorker.ts';
import { PushService } from '../support/PushService.ts';
import type { RawClient } from '../support/rawClient.ts';
import { endedAs, heardCall, isActive, Somebody } from '../support/Somebody.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';

declare global {
  interface Window {
    /** The key that the page subscribed with. */
    subscribedWith: number[];
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
  let benAccount: Somebody;
  let worker: PushedWorker;
  let delivered = 0;

  const pushSwitch = () => ana.page.getByRole('switch', { name: 'Ring while no page is open' });
  const push = (): Promise<PushResource> =>
    ana.page.evaluate(async () => (await (await fetch('/api/v1/push')).json()) as PushResource);
  /** What is pushed next, handed to the browser together. */
  const deliverAll = async (count: number): Promise<PushMessage[]> => {
    const until = delivered + count;
    const messages = (await service.messages(browser, until)).slice(delivered, until);
    delivered = until;
    await worker.receive(...messages);
    return messages;
  };
  const deliver = async (): Promise<PushMessage> => (await deliverAll(1))[0]!;
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
    benAccount = await Somebody.create(running, 'ben');
    ben = await benAccount.page();
    ana = await Visitor.comeAs(running.url, ANA);
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

  /** No page of theirs is open. */
  const leaves = async (): Promise<void> => {
    await ana.page.goto('about:blank');
    await waitFor(
      'Ana has no page open',
      () => benAccount.read<Person>('/users/ana/presence'),
      ({ presence }) => presence === 'offline',
    );
  };
  const hangsUp = async (id: CallId): Promise<void> => {
    await ben.request('hangUp', { callId: id });
    await deliver();
  };

  it('shows who calls, and hangs up for them when they are not wanted', async () => {
    await leaves();
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

  it('does not ring for a call that it hears of together with its end', async () => {
    const { call } = await ben.request('placeCall', { to: 'ana', video: true });
    await ben.request('hangUp', { callId: call.id });
    await deliverAll(2);
    await worker.shows('Missed call from Ben');
    await worker.press('');
    await worker.shows();
  });

  it('opens the page that accepts, where none is open', async () => {
    const { id } = await isRung();
    await worker.shows('Ben is calling');
    await worker.noteWindows();
    await worker.press('accept');
    await waitFor(
      'the page is opened',
      () => worker.opened(),
      (opened) => opened.join() === `/?accept=${id}`,
    );
    await hangsUp(id);
    await worker.shows('Missed call from Ben');
    await worker.press('');
    await worker.shows();
  });

  it('accepts on the page that was opened for it, once', async () => {
    const { id } = await isRung();
    const active = heardCall(ben, (call) => call.id === id && isActive(call));
    await ana.page.goto(`${running.url}/?accept=${id}`);
    await active;
    expect(await deliver()).toMatchObject({ kind: 'callEnded', missed: false });
    expect(new URL(ana.page.url()).search).toBe('');
    await ben.request('hangUp', { callId: id });
  });

  it('accepts on a page that is open, beside which it makes no sound', async () => {
    await ana.page.goto(`${running.url}/settings`);
    await ana.page.getByRole('heading', { name: 'Settings' }).waitFor();
    const { id } = await isRung();
    await ana.page.getByRole('dialog', { name: 'Ben calls' }).waitFor();
    await waitFor(
      'it is shown, silently',
      () => worker.shown(),
      (shown) => shown.some(({ title, silent }) => title === 'Ben is calling' && silent),
    );
    await worker.noteWindows();
    const active = heardCall(ben, (call) => call.id === id && isActive(call));
    await worker.press('accept');
    await active;
    expect(await worker.opened()).toEqual([]);
    await hangsUp(id);
  });

  it('ends when it is switched off', async () => {
    await ana.page.goto(`${running.url}/settings`);
    await waitFor('it is on', async () => {
      return (await pushSwitch().getAttribute('aria-checked')) === 'true';
    });
    await pushSwitch().click();
    await waitFor(
      'the server has forgotten this browser',
      () => push(),
      ({ subscriptions }) => subscriptions.length === 0,
    );
    await leaves();
    const before = service.pushed(browser).length;
    const { call } = await ben.request('placeCall', { to: 'ana', video: false });
    expect(call.state).toBe('ended');
    expect(service.pushed(browser)).toHaveLength(before);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CallPlan, CallResource } from '../../server/protocol/calls.ts';
import type { User } from '../../server/protocol/people.ts';
import { PeoplePages } from '../support/PeoplePages.ts';
import type { RawClient } from '../support/rawClient.ts';
import { RawClient as Client } from '../support/rawClient.ts';
import { Somebody } from '../support/Somebody.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';
import { withoutFault } from '../support/withoutFault.ts';

const PASSWORD = 'correct horse battery';
const NEW_PASSWORD = 'a much longer staple';

describe('the pages of people', { timeout: 60_000 }, () => {
  let app: RunningApp;
  /** Ana’s account without a browser: what the server has of her. */
  let account: Somebody;
  let ben: Somebody;
  let ana: Visitor;
  let pages: PeoplePages;

  const kept = (): Promise<User> => account.read<User>('/users/me');
  const history = async (): Promise<CallResource[]> =>
    (await account.read<{ items: CallResource[] }>('/calls')).items;
  const plan = (): Promise<CallPlan> => account.read<CallPlan>('/users/me/call-plan');
  const settles = async (what: string, isSo: (user: User) => boolean): Promise<void> => {
    await waitFor(what, kept, isSo);
  };

  beforeAll(async () => {
    app = await startApp();
    account = await Somebody.create(app, 'ana');
    ben = await Somebody.create(app, 'ben');
    ana = await Visitor.come(app.url, 'Ana');
    await ana.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    pages = new PeoplePages(ana, app.url);
  }, 60_000);

  afterEach(() => ana.hasNoComplaints());

  afterAll(async () => {
    await ana?.close();
    await app?.close();
  });

  it('lead to whom one wants to call, without an account', async () => {
    await ana.openHome();
    await pages.fitsNarrow();
    await withoutFault(ana);
    const field = pages.field('Their user name');
    await field.fill('not a name');
    await field.press('Enter');
    await pages.says(/^A user name is letters/);
    await ana.focuses(field);
    await field.fill('@Ben');
    await field.press('Enter');
    await ana.page.waitForURL(`${app.url}/call/ben`);
  });

  it('let one sign in by keyboard alone, and say when the password is wrong', async () => {
    const { keyboard } = ana.page;
    await pages.open('/settings');
    await pages.says('This page is for whoever is signed in.');
    await ana.tabsTo(ana.page.getByRole('link', { name: 'Sign in' }));
    await keyboard.press('Enter');
    await ana.page.waitForURL(`${app.url}/signin?then=%2Fsettings`);
    await ana.focuses(pages.heading('Sign in'));
    await withoutFault(ana);
    await pages.fitsNarrow();
    await ana.tabsTo(ana.button('Sign in'));
    await keyboard.press('Enter');
    await pages.says('Please type your user name.');
    await ana.focuses(pages.field('User name'));
    await keyboard.type('Ana');
    await keyboard.press('Tab');
    await keyboard.type('incorrect horse');
    await keyboard.press('Enter');
    await ana.isTold('User name and password do not belong together.');
    await ana.focuses(pages.field('Password'));
    await withoutFault(ana);
    pages.wasRefused(401);
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
    await pages.heading('Settings').waitFor();
    expect(new URL(ana.page.url()).pathname).toBe('/settings');
    await pages.account('Ana').waitFor();
  });

  it.each(['//evil.example/', 'https://evil.example/', '/\\evil.example'])(
    'bring nobody elsewhere: %s',
    async (where) => {
      await pages.open(`/signin?then=${encodeURIComponent(where)}`);
      await pages.heading('You are signed in').waitFor();
      await ana.page.getByRole('link', { name: 'Go on' }).click();
      await pages.part('People').waitFor();
      expect(ana.page.url()).toBe(`${app.url}/`);
    },
  );

  it('say how long to wait after too many tries', async () => {
    const eve = await Visitor.come(app.url, 'Eve');
    const hers = new PeoplePages(eve, app.url);
    await hers.open('/signin');
    await hers.field('User name').fill('ben');
    await waitFor(
      'she has to wait',
      async () => {
        await hers.field('Password').fill('guessing');
        await eve.press('Sign in');
        return eve.page.getByRole('alert').allInnerTexts();
      },
      (told) => told.some((text) => /Please wait \d+ (seconds|minutes), then/.test(text)),
      { timeoutMs: 30_000 },
    );
    await eve.close();
  });

  it('show who there is, how they can be reached, and find them', async () => {
    const devices = [await ben.page()];
    await account.set({ presenceVisibleTo: 'members' });
    await ana.openHome();
    const row = pages.list('People').getByRole('listitem').filter({ hasText: '@ben' });
    await row.getByText('@ben · Available').waitFor();
    expect(await pages.list('People').getByText('@ana').count()).toBe(0);
    await ben.set({ availability: 'doNotDisturb' });
    await row.getByText('@ben · Do not disturb').waitFor();
    await withoutFault(ana);
    await pages.fitsNarrow();
    await ana.page.getByRole('searchbox', { name: 'Search people' }).fill('be');
    await pages.lists('People', [/Ben/]);
    await ana.page.getByRole('searchbox', { name: 'Search people' }).fill('nobody');
    await pages.says('Nobody is called “nobody”.');
    await ana.page.getByRole('searchbox', { name: 'Search people' }).fill('BEN');
    await row.getByRole('link', { name: 'Call Ben' }).click();
    await ana.page.waitForURL(`${app.url}/call/ben`);
    await ben.set({ availability: 'automatic' });
    for (const device of devices) await device.close();
  });

  it('keep the availability that is chosen behind one’s name', async () => {
    await pages.open('/calls');
    await ana.tabsTo(pages.account('Ana'));
    await ana.page.keyboard.press('Enter');
    await ana.button('Sign out').waitFor();
    await ana.tabsTo(ana.page.getByRole('radio', { name: 'Automatic' }));
    await ana.page.keyboard.press('ArrowDown');
    await ana.page.keyboard.press('ArrowDown');
    await settles('nothing rings', ({ settings }) => settings.availability === 'doNotDisturb');
    await withoutFault(ana);
    await pages.fitsNarrow();
    await ana.page.keyboard.press('Escape');
    await ana.focuses(pages.account('Ana'));
    expect(await ana.button('Sign out').count()).toBe(0);
    await account.set({ availability: 'automatic' });
  });

  describe('of calls', () => {
    const open: RawClient[] = [];

    afterAll(async () => {
      for (const client of open) await client.close();
    });

    it('list them with how they went, mark what was missed, and call back', async () => {
      const hers = await account.page();
      const his = await ben.page();
      const guest = await Client.open(app.url);
      open.push(hers, his, guest);
      const declined = await his.request('placeCall', { to: 'ana', video: false });
      await hers.request('declineCall', { callId: declined.call.id });
      const missed = await guest.request('placeCall', { to: 'ana', name: 'Greta', video: true });
      await guest.request('hangUp', { callId: missed.call.id });
      await hers.request('placeCall', { to: 'nobody', video: false });
      await pages.open('/calls');
      await pages.lists('Calls', [
        /nobody[^]*Could not be reached/,
        /New[^]*Greta \(guest\)[^]*Missed: Hung up before you answered[^]*with video/,
        /Ben[^]*You declined/,
      ]);
      await waitFor('they are seen', history, (calls) => calls.every(({ seen }) => seen));
      await withoutFault(ana);
      await pages.fitsNarrow();
      await ana.press('Missed');
      await pages.lists('Calls', [/Greta/]);
      await ana.press('All');
      await ana.page.getByRole('button', { name: /^Remove the call from Greta/ }).click();
      await pages.lists('Calls', [/nobody/, /Ben/]);
      await ana.focuses(pages.heading('Calls'));
      expect(await history()).toHaveLength(2);
      await ana.page.reload();
      await pages.lists('Calls', [/nobody/, /Ben/]);
      await ana.page.getByRole('link', { name: 'Call back Ben' }).click();
      await ana.page.waitForURL(`${app.url}/call/ben`);
    });
  });

  it('keep settings at once', async () => {
    await pages.open('/settings');
    await pages.field('Display name').fill('Ana Álvarez');
    await pages.part('Profile').getByRole('button', { name: 'Save' }).click();
    await pages.account('Ana Álvarez').waitFor();
    await pages.choice('Who sees whether you are there').selectOption('Nobody');
    await settles('hidden', ({ settings }) => settings.presenceVisibleTo === 'nobody');
    await pages.choice('A call rings for').selectOption('45 seconds');
    await settles('it rings longer', ({ settings }) => settings.ringSeconds === 45);
    await pages.switch('Call waiting').click();
    await settles('no second call', ({ settings }) => !settings.callWaiting);
    const zone = pages.choice('Time zone');
    await zone.fill('Middle/Earth');
    await zone.press('Tab');
    await pages.says(/^There is no such time zone/);
    await zone.fill('Asia/Tokyo');
    await zone.press('Tab');
    await settles('Tokyo', ({ settings }) => settings.timeZone === 'Asia/Tokyo');
    expect((await kept()).displayName).toBe('Ana Álvarez');
    await ana.page.reload();
    await pages.list('Browsers').waitFor();
    expect(await zone.inputValue()).toBe('Asia/Tokyo');
    expect(await pages.switch('Call waiting').getAttribute('aria-checked')).toBe('false');
    await withoutFault(ana);
    await pages.fitsNarrow();
  });

  it('let one lay down rules by keyboard alone', async () => {
    const { keyboard } = ana.page;
    const type = async (field: string, text: string): Promise<void> => {
      await ana.tabsTo(pages.field(field));
      await keyboard.type(text);
    };
    await pages.open('/settings');
    await ana.tabsTo(ana.button('Add a rule'));
    await keyboard.press('Enter');
    await ana.focuses(pages.choice('When'));
    await type('Forward to', 'nobody');
    await keyboard.press('Enter');
    await pages.says(/nobody of this name to forward to/);
    await ana.focuses(pages.field('Forward to'));
    pages.wasRefused(400);
    await keyboard.type('ben');
    await keyboard.press('Enter');
    await ana.focuses(ana.button('Add a rule'));
    await pages.lists('Call rules', [/When I do not answer: forward to @ben[^]*Whoever calls/]);

    await keyboard.press('Enter');
    await ana.focuses(pages.choice('When'));
    await keyboard.type('Always');
    await ana.tabsTo(pages.choice('Who calls'));
    await keyboard.type('Certain');
    await type('Their user names', 'ben, cem');
    await ana.tabsTo(pages.choice('At what time'));
    await keyboard.type('At certain');
    await ana.tabsTo(pages.choice('What then'));
    await keyboard.type('Voicemail');
    await withoutFault(ana);
    await pages.fitsNarrow();
    for (const day of ['Mon', 'Tue']) {
      await ana.tabsTo(ana.page.getByRole('checkbox', { name: day }));
      await keyboard.press('Space');
    }
    await ana.tabsTo(ana.button('Save the rule'));
    await keyboard.press('Enter');
    const second = /Always: voicemail[^]*Only @ben, @cem · Wed–Fri, 09:00 to 17:00/;
    await pages.lists('Call rules', [/When I do not answer/, second]);

    await ana.tabsTo(ana.button('Move rule 2 up'));
    await keyboard.press('Enter');
    await pages.lists('Call rules', [second, /When I do not answer/]);
    await ana.focuses(ana.button('Move rule 1 up'));
    await pages.says('Moved to place 1 of 2.');
    await waitFor('it is kept so', plan, ({ rules }) => rules[0]?.when === 'always');

    await ana.tabsTo(ana.button('Edit rule 2'));
    await keyboard.press('Enter');
    await ana.tabsTo(pages.choice('When'));
    await keyboard.type('When I am in');
    await ana.tabsTo(ana.button('Save the rule'));
    await keyboard.press('Enter');
    await ana.focuses(ana.button('Edit rule 2'));
    await pages.lists('Call rules', [second, /When I am in a call: forward to @ben/]);
    expect(await plan()).toEqual({
      rules: [
        {
          when: 'always',
          callers: ['ben', 'cem'],
          hours: { days: [3, 4, 5], from: '09:00', to: '17:00' },
          then: { voicemail: true },
        },
        { when: 'busy', then: { forwardTo: 'ben' } },
      ],
      blocked: [],
      blockGuests: false,
    });
  });

  it('say what the rules would do to a call', async () => {
    await account.set({
      timeZone: await ana.page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
    });
    const steps = pages.list('What would happen');
    const device = await account.page();
    const at = ana.page.getByLabel('When', { exact: true }).last();
    await pages.field('Who calls').fill('ben');
    await at.fill('2026-11-25T12:00');
    await ana.press('What would happen?');
    await steps
      .getByText('@ana has a rule for it (rule 1 of @ana): the caller can leave')
      .waitFor();
    await at.fill('2026-11-25T18:00');
    await steps.waitFor({ state: 'detached' });
    await ana.press('What would happen?');
    await steps.getByText(/^It rings for @ana, 45 seconds long/).waitFor();
    await pages.lists('What would happen', [
      /^It rings for @ana/,
      /^@ana does not answer: the caller can/,
    ]);
    await withoutFault(ana);

    await pages.field('Block a person').fill('@Ben');
    await ana.page.keyboard.press('Enter');
    await pages.lists('Blocked', [/^@ben/]);
    await ana.press('What would happen?');
    await pages.lists('What would happen', [/^@ana has blocked the caller: the caller is told/]);
    await pages.switch('Block guests').click();
    await waitFor(
      'both are kept',
      plan,
      ({ blocked, blockGuests }) => blockGuests && blocked[0] === 'ben',
    );
    await device.close();
    await ana.press('Unblock ben');
    await pages.switch('Block guests').click();
    await ana.press('Remove rule 1');
    await pages.lists('Call rules', [/When I am in a call/]);
    await waitFor(
      'all is taken back',
      plan,
      ({ rules, blocked, blockGuests }) =>
        rules.length === 1 && blocked.length === 0 && !blockGuests,
    );
  });

  it('change the password for who knows it, and sign out everywhere else', async () => {
    const elsewhere = await Somebody.signIn(app, 'ana');
    await pages.open('/settings');
    const part = pages.part('Password');
    await pages.field('Current password').fill('incorrect horse');
    await pages.field('New password').fill('short');
    await ana.press('Change password');
    await part.getByText('A password has at least 10 characters.').waitFor();
    await pages.field('New password').fill(NEW_PASSWORD);
    await ana.press('Change password');
    await part.getByText('This is not your password.').waitFor();
    await ana.focuses(pages.field('Current password'));
    pages.wasRefused(400);
    await ana.page.keyboard.type(PASSWORD);
    await ana.page.keyboard.press('Enter');
    await pages.says('The password is changed.');
    expect((await elsewhere.rest('GET', '/users/me')).status).toBe(401);
    account = await Somebody.signIn(app, 'ana', NEW_PASSWORD);
    await ana.page.reload();
    await pages.lists('Browsers', [/\(this one\)/, /Sign out/]);
  });

  it('sign another browser out', async () => {
    const phone = await Visitor.come(app.url, 'Ana');
    const there = new PeoplePages(phone, app.url);
    await there.signIn('ana', NEW_PASSWORD);
    await there.open('/calls');
    await there.list('Calls').waitFor();
    await pages.open('/settings');
    const other = pages
      .list('Browsers')
      .getByRole('listitem')
      .filter({ hasText: /^Chrom/ });
    await other.filter({ hasNotText: 'this one' }).getByRole('button').click();
    await pages.lists('Browsers', [/\(this one\)/, /Sign out/]);
    await ana.focuses(ana.page.getByRole('heading', { name: 'Browsers' }));
    await phone.setHidden(true);
    await phone.setHidden(false);
    await there.says('This page is for whoever is signed in.');
    await phone.page.reload();
    await phone.page.getByRole('link', { name: 'Sign in' }).waitFor();
    await phone.close();
  });

  it('are not for administration by who is none', async () => {
    await pages.open('/admin');
    await pages.says('This page is for administrators');
    await withoutFault(ana);
    await pages.fitsNarrow();
  });
});

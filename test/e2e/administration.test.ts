import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '../../server/protocol/people.ts';
import { PeoplePages } from '../support/PeoplePages.ts';
import { Somebody } from '../support/Somebody.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';
import { withoutFault } from '../support/withoutFault.ts';

const PASSWORD = 'correct horse battery';
const NEW_PASSWORD = 'a much longer staple';

describe('administration', { timeout: 60_000 }, () => {
  let app: RunningApp;
  let ana: Visitor;
  let pages: PeoplePages;

  const users = async (): Promise<readonly User[]> => {
    const headers = { authorization: `Bearer ${app.adminKey}` };
    const response = await fetch(`${app.url}/api/v1/users`, { headers });
    return ((await response.json()) as { items: User[] }).items;
  };
  const named = async (name: string): Promise<User | undefined> =>
    (await users()).find((user) => user.name === name);

  beforeAll(async () => {
    app = await startApp();
    await Somebody.create(app, 'ana');
    await fetch(`${app.url}/api/v1/users/ana`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${app.adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ role: 'admin' }),
    });
    ana = await Visitor.come(app.url, 'Ana');
    await ana.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    pages = new PeoplePages(ana, app.url);
    await pages.signIn('ana', PASSWORD);
  }, 60_000);

  afterEach(() => ana.hasNoComplaints());

  afterAll(async () => {
    await ana?.close();
    await app?.close();
  });

  it('invites one person by a link, and no second', async () => {
    await ana.openHome();
    await pages.account('Ana').click();
    await ana.page.getByRole('link', { name: 'Admin', exact: true }).click();
    await pages.field('For the user name').fill('ana');
    await ana.press('Make an invitation');
    await pages.says('Somebody has this name already.');
    pages.wasRefused(409);
    await pages.field('For the user name').fill('');
    await ana.press('Make an invitation');
    const link = await pages.field('The new invitation').inputValue();
    await pages.says('Invitation made and copied.');
    expect(await ana.page.evaluate(() => navigator.clipboard.readText())).toBe(link);

    const [ben, eve] = [await Visitor.come(app.url, 'Ben'), await Visitor.come(app.url, 'Eve')];
    const [his, hers] = [new PeoplePages(ben, app.url), new PeoplePages(eve, app.url)];
    for (const { page } of [ben, eve]) {
      await page.goto(link);
      await page.getByRole('heading', { name: 'You are invited' }).waitFor();
      expect(page.url()).toBe(`${app.url}/invitation`);
    }
    await ben.press('Make my account');
    await his.says(/^A user name is letters/);
    await ben.focuses(his.field('User name'));
    await withoutFault(ben);
    await his.fitsNarrow();
    await his.field('User name').fill('ANA');
    await his.field('Display name').fill('Ben Bauer');
    await his.field('Password').fill(PASSWORD);
    await ben.press('Make my account');
    await his.says('Somebody has this name already.');
    await ben.focuses(his.field('User name'));
    his.wasRefused(409);
    await ben.page.keyboard.type('ben');
    await ben.page.keyboard.press('Enter');
    await his.account('Ben Bauer').waitFor();
    await his.part('People').waitFor();
    ben.hasNoComplaints();

    await hers.field('User name').fill('eve');
    await hers.field('Password').fill(PASSWORD);
    await eve.press('Make my account');
    await hers.heading('This invitation is no longer good').waitFor();
    await eve.page.goto('about:blank');
    await eve.page.goto(link);
    await hers.heading('This invitation is no longer good').waitFor();
    await withoutFault(eve);
    expect((await users()).map(({ name }) => name)).not.toContain('eve');
    expect(await named('ben')).toMatchObject({ displayName: 'Ben Bauer', role: 'member' });
    await Promise.all([ben.close(), eve.close()]);
  });

  it('takes an invitation back', async () => {
    await pages.open('/admin');
    await pages.field('For the user name').fill('cem');
    await pages.choice('Good for').selectOption('1 day');
    await ana.press('Make an invitation');
    const link = await pages.field('The new invitation').inputValue();
    await pages.lists('Open invitations', [/For @cem/]);
    await withoutFault(ana);
    await pages.fitsNarrow();
    const cem = await Visitor.come(app.url, 'Cem');
    const his = new PeoplePages(cem, app.url);
    await cem.page.goto(link);
    await waitFor(
      'the name is given',
      () => his.field('User name').inputValue(),
      (name) => name === 'cem',
    );
    await cem.close();
    await ana.page.getByRole('button', { name: /^Revoke the invitation/ }).click();
    await pages.list('Open invitations').waitFor({ state: 'detached' });
    await ana.focuses(ana.page.getByRole('heading', { name: 'Invitations' }));
    expect(await pages.field('The new invitation').count()).toBe(0);
    await ana.page.goto(link);
    await pages.heading('This invitation is no longer good').waitFor();
    pages.wasRefused(404);
  });

  it('adds, changes and removes people, by keyboard alone', async () => {
    const { keyboard } = ana.page;
    const press = async (name: string): Promise<void> => {
      await ana.tabsTo(ana.button(name));
      await keyboard.press('Enter');
    };
    await pages.open('/admin');
    await pages.list('People').waitFor();
    await press('Add a person');
    await ana.focuses(pages.field('User name'));
    await keyboard.type('dora');
    await keyboard.press('Tab');
    await keyboard.type('Dora Dunn');
    await keyboard.press('Tab');
    await keyboard.type('short');
    await keyboard.press('Enter');
    await pages.says('A password has at least 10 characters.');
    await ana.focuses(pages.field('Password'));
    await withoutFault(ana);
    await pages.fitsNarrow();
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
    await ana.focuses(ana.button('Add a person'));
    await Somebody.signIn(app, 'dora', PASSWORD);

    await ana.tabsTo(pages.choice('Role of Dora Dunn'));
    await keyboard.type('Admin');
    await waitFor(
      'she is an administrator',
      () => named('dora'),
      (user) => user?.role === 'admin',
    );
    await press('New password for Dora Dunn');
    await ana.focuses(pages.field('New password of Dora Dunn'));
    await withoutFault(ana);
    await keyboard.type(NEW_PASSWORD);
    await keyboard.press('Enter');
    await ana.focuses(ana.button('New password for Dora Dunn'));
    const dora = await Somebody.signIn(app, 'dora', NEW_PASSWORD);

    await press('Remove Dora Dunn');
    await ana.page.getByRole('dialog', { name: 'Remove Dora Dunn?' }).waitFor();
    await withoutFault(ana);
    await press('Keep');
    await ana.focuses(ana.button('Remove Dora Dunn'));
    expect(await named('dora')).toBeDefined();
    await keyboard.press('Enter');
    await press('Remove for good');
    await pages.lists('People', [/@admin/, /@ana/, /@ben/]);
    await ana.focuses(ana.page.getByRole('heading', { name: 'People' }));
    expect(await named('dora')).toBeUndefined();
    expect((await dora.rest('GET', '/users/me')).status).toBe(401);
  });

  it('is left by signing out', async () => {
    await pages.account('Ana').click();
    await ana.press('Sign out');
    await ana.page.getByRole('link', { name: 'Sign in' }).waitFor();
    await ana.focuses(ana.page.getByRole('heading', { level: 1 }));
    await pages.open('/admin');
    await pages.says('This page is for whoever is signed in.');
  });
});

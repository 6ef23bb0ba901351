import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MessageCaller } from '../support/MessageCaller.ts';
import { TestPeople } from '../support/people.ts';
import { RecordingPage } from '../support/RecordingPage.ts';
import { shortSounds } from '../support/shortSounds.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';
import { WIDE, withoutFault } from '../support/withoutFault.ts';

/** The inbox of somebody whom three have left messages. */

const NARROW = { width: 360, height: 740 };

const titleIs = (visitor: Visitor, title: string) =>
  waitFor(
    `${visitor.name} sees ${title} on the tab`,
    () => visitor.page.title(),
    (now) => now === title,
  );

const leave = async (
  caller: MessageCaller,
  ms: number,
  more: Parameters<MessageCaller['sends']>[0],
): Promise<void> => {
  await caller.speaks(ms);
  await caller.stops();
  await caller.sends(more);
  await caller.close();
};

describe('the inbox', { timeout: 60_000 }, () => {
  let app: RunningApp;
  let ana: Visitor;
  /** The same person elsewhere. */
  let other: Visitor;

  const list = (): Locator => ana.page.getByRole('list', { name: 'Messages', exact: true });
  const message = (from: string): Locator =>
    list().getByRole('listitem', { name: new RegExp(`^${from}\\b`) });
  const position = (): Locator => ana.page.getByRole('slider', { name: 'Position' });
  const seconds = async (): Promise<number> => Number(await position().inputValue()) / 1000;
  const press = (key: string): Promise<void> => ana.page.keyboard.press(key);
  const callers = async (): Promise<string[]> =>
    (
      await list()
        .getByRole('listitem')
        .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''))
    ).map((name) => name.split(' ')[0] ?? '');
  const listed = (...names: string[]) =>
    waitFor(`these are listed: ${names.join()}`, callers, (seen) => seen.join() === names.join());

  beforeAll(async () => {
    app = await startApp({}, { sounds: shortSounds });
    const people = new TestPeople(app);
    await people.create('Ana');
    await people.settle('ana', { availability: 'doNotDisturb' });
    const leaving: Promise<void>[] = [];
    for (const [name, ms, more] of [
      ['greta', 2_500, {}],
      ['Cleo', 7_500, { note: 'About the boiler' }],
      ['Ben', 4_000, { urgent: true }],
    ] as const) {
      const caller = await MessageCaller.call(app, { to: 'ana', name, toneHz: 440 });
      leaving.push(leave(caller, ms, more));
    }
    await Promise.all(leaving);
    [ana, other] = await Promise.all([
      Visitor.come(app.url, 'Ana', { viewport: WIDE }),
      Visitor.come(app.url, 'Ana', { viewport: WIDE }),
    ]);
    await people.signIn(ana);
    await people.signIn(other);
  }, 120_000);

  afterEach(() => {
    for (const visitor of [ana, other]) visitor.hasNoComplaints();
  });

  afterAll(async () => {
    await Promise.all([ana, other].map((visitor) => visitor?.close()));
    await app?.close();
  });

  it('is counted on every page, and shows the shape of a message before its sound is fetched', async () => {
    await titleIs(ana, '(3) Roomtone');
    await titleIs(other, '(3) Roomtone');
    const fetched: string[] = [];
    ana.page.on('request', (request) => fetched.push(request.url()));
    await ana.open('/voicemail');
    await listed('Ben', 'Cleo', 'greta');
    await withoutFault(ana);
    await message('Cleo').getByRole('button', { name: /^Cleo/ }).click();
    await message('Cleo').locator('.mp-wave path').first().waitFor({ state: 'attached' });
    await withoutFault(ana);
    expect(fetched.filter((url) => url.includes('/recording.m4a'))).toEqual([]);
    await titleIs(ana, '(3) Voicemail · Roomtone');
  });

  it('counts what was heard, and not what was opened, as read: in every browser', async () => {
    await message('Cleo').getByRole('button', { name: 'Play', exact: true }).click();
    await message('Cleo').getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await titleIs(ana, '(2) Voicemail · Roomtone');
    await titleIs(other, '(2) Roomtone');
    expect(await seconds()).toBeGreaterThan(4.5);
    await message('Cleo').getByText('New', { exact: true }).waitFor({ state: 'detached' });
    // What was done to the message does not stop it.
    await waitFor('it is played on', seconds, (now) => now > 6);
  });

  it('goes on where one left off, as fast as one likes', async () => {
    await ana.page.getByRole('combobox', { name: 'Speed' }).selectOption('1.5');
    await position().focus();
    await press('Home');
    await press('ArrowRight');
    await message('Cleo')
      .getByRole('button', { name: /^(Play|Pause)$/ })
      .waitFor();
    if (await message('Cleo').getByRole('button', { name: 'Pause' }).count()) await press(' ');
    const at = await seconds();
    expect(at).toBeGreaterThan(4.5);
    const id = await message('Cleo').getAttribute('data-message');
    await ana.open(`/voicemail?message=${id}`);
    await waitFor('it is there again', seconds, (now) => Math.abs(now - at) < 1);
    expect(await ana.page.getByRole('combobox', { name: 'Speed' }).inputValue()).toBe('1.5');
    await message('Cleo').getByRole('button', { name: 'Play', exact: true }).click();
    await waitFor('it plays as fast', () =>
      message('Cleo')
        .locator('audio')
        .evaluate((audio: HTMLAudioElement) => !audio.paused && audio.playbackRate === 1.5),
    );
  });

  it('is sorted, narrowed and searched', async () => {
    const order = ana.page.getByRole('combobox', { name: 'Order' });
    await order.selectOption('oldest');
    await listed('greta', 'Cleo', 'Ben');
    await order.selectOption('longest');
    await listed('Cleo', 'Ben', 'greta');
    await order.selectOption('caller');
    await listed('Ben', 'Cleo', 'greta');
    await order.selectOption('urgent');
    await listed('Ben', 'Cleo', 'greta');
    const show = ana.page.getByRole('combobox', { name: 'Show' });
    await show.selectOption('unread');
    await listed('Ben', 'greta');
    await show.selectOption('urgent');
    await listed('Ben');
    await show.selectOption('all');
    await order.selectOption('newest');
    await press('/');
    await ana.page.keyboard.type('boiler');
    await listed('Cleo');
    await ana.page.getByRole('searchbox').fill('');
    await listed('Ben', 'Cleo', 'greta');
  });

  it('is used by the keyboard alone', async () => {
    // Nothing is open, and nothing has the focus.
    await ana.open('/voicemail');
    await listed('Ben', 'Cleo', 'greta');
    await press('j');
    await ana.focuses(message('Ben'));
    await press('j');
    await press('j');
    await ana.focuses(message('greta'));
    await press('k');
    await ana.focuses(message('Cleo'));
    await press('u');
    await message('Cleo').getByText('New', { exact: true }).waitFor({ state: 'attached' });
    await titleIs(other, '(3) Roomtone');
    await press('u');
    await titleIs(other, '(2) Roomtone');
    await press('Enter');
    await position().waitFor();
    // What is left of it may be over soon.
    await press('ArrowLeft');
    await press('ArrowLeft');
    expect(await seconds()).toBeLessThan(1);
    await press(' ');
    await message('Cleo').getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await press(' ');
    await message('Cleo').getByRole('button', { name: 'Play', exact: true }).waitFor();
    await press('s');
    await listed('Ben', 'greta');
    await ana.focuses(message('greta'));
    await press('z');
    await listed('Ben', 'Cleo', 'greta');
    await press('#');
    await listed('Ben', 'Cleo');
    await ana.focuses(message('Cleo'));
    await press('?');
    await ana.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await withoutFault(ana);
    await press('Escape');
  });

  it('has a trash, from which it is put back, and of which one is asked once', async () => {
    await ana.press('Select');
    await message('Ben').getByRole('checkbox').check();
    await message('Cleo').getByRole('checkbox').check();
    await withoutFault(ana);
    const chosen = ana.page.getByRole('group', { name: 'Selected messages' });
    await chosen.getByRole('button', { name: 'Delete', exact: true }).click();
    await ana.press('Trash');
    await listed('Ben', 'Cleo', 'greta');
    await chosen.getByRole('button', { name: 'Done' }).click();
    await withoutFault(ana);
    await message('greta').getByRole('button', { name: 'Put back' }).click();
    await listed('Ben', 'Cleo');
    await message('Ben').getByRole('button', { name: 'Delete for good' }).click();
    await ana.page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
    await message('Ben').getByRole('button', { name: 'Delete for good' }).click();
    const dialog = ana.page.getByRole('dialog', { name: 'Delete for good?' });
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await listed('Cleo');
    await ana.press('Empty the trash');
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await ana.page.getByText('The trash is empty.').waitFor();
    await withoutFault(ana);
    await ana.press('Inbox');
    await listed('greta');
  });

  it('lets others hear one message by a link, until it is taken back', async () => {
    await message('greta')
      .getByRole('button', { name: /^greta/ })
      .click();
    await message('greta').getByRole('button', { name: 'More', exact: true }).click();
    await message('greta').getByRole('button', { name: 'Share', exact: true }).click();
    const dialog = ana.page.getByRole('dialog', { name: 'Share the message of greta' });
    await ana.tabsTo(dialog.getByRole('textbox', { name: 'Password, if you like' }));
    await ana.page.keyboard.type('open sesame');
    await ana.tabsTo(dialog.getByRole('button', { name: 'Make a link' }));
    await press('Enter');
    const link = await dialog.getByRole('textbox', { name: 'The new link' }).inputValue();
    await dialog.getByText(/with a password$/).waitFor();
    await withoutFault(ana);
    await ana.page.setViewportSize(NARROW);
    await withoutFault(ana);
    await ana.page.setViewportSize(WIDE);
    const eve = await Visitor.come(app.url, 'Eve');
    const hers = new RecordingPage(eve);
    await eve.page.goto(link);
    await eve.page.getByRole('textbox', { name: 'Password' }).fill('open sesame');
    await eve.page.keyboard.press('Enter');
    await eve.page.getByRole('heading', { name: 'Download' }).waitFor();
    await withoutFault(eve);
    await eve.press('Play');
    await hers.plays();
    for (const secret of ['boiler', 'Cleo', 'Ben', 'Room voicemail']) {
      expect(await eve.page.getByText(secret).count()).toBe(0);
    }
    await ana.tabsTo(dialog.getByRole('button', { name: /^Take back/ }));
    await press('Enter');
    await dialog.getByText(/with a password$/).waitFor({ state: 'detached' });
    await eve.page.reload();
    await eve.page.getByRole('heading', { name: 'This link is no longer good' }).waitFor();
    await eve.close();
    // What was pressed is gone; the keyboard is not.
    await ana.focuses(dialog.getByRole('heading'));
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await ana.focuses(message('greta').getByRole('button', { name: 'More', exact: true }));
  });

  it('fits a phone', async () => {
    await ana.page.setViewportSize(NARROW);
    await message('greta').locator('.mp-wave path').first().waitFor({ state: 'attached' });
    await message('greta').getByRole('button', { name: 'More', exact: true }).click();
    await message('greta').getByRole('link', { name: 'As MP3' }).waitFor();
    const width = await ana.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(NARROW.width);
    await withoutFault(ana);
  });
});

import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Download } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RecordingResource } from '../../server/protocol/recordings.ts';
import { createPeer } from '../support/peer.ts';
import { ANA, BEN } from '../support/personas.ts';
import { RecordingPage } from '../support/RecordingPage.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { ApiProblem, RecordingApi } from '../support/truth/RecordingApi.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';
import { withoutFault } from '../support/withoutFault.ts';

/** Long enough for turns of both, and for jumps of ten seconds. */
const LONG_MS = 12_000;
const SHORT_MS = 1_500;
const TURN_MS = 3_000;

const bytesOf = async (download: Download): Promise<Buffer> =>
  buffer(await download.createReadStream());

describe('the pages of recordings', { timeout: 60_000 }, () => {
  let app: RunningApp;
  let api: RecordingApi;
  let ana: Visitor;
  let pages: RecordingPage;
  /** Ana and Ben take turns, Cem shows his screen. */
  let long: RecordingResource;
  let short: RecordingResource;

  const lasts = (id: string, ms: number): Promise<unknown> =>
    waitFor(
      `${ms} ms are recorded`,
      () => api.get(id),
      ({ durationMs }) => durationMs >= ms,
    );

  beforeAll(async () => {
    app = await startApp();
    api = new RecordingApi(app);
    ana = await Visitor.comeAs(app.url, ANA);
    await ana.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    pages = new RecordingPage(ana);
    await ana.enter('film-club');
    const ben = await Visitor.comeAs(app.url, BEN);
    await ben.enter('film-club');
    const cem = await createPeer({ url: app.url, room: 'film-club', name: 'Cem', video: true });
    await ben.press('Mute');
    const { id } = await api.start('film-club');
    await cem.send('screen');
    await lasts(id, TURN_MS);
    await ana.press('Mute');
    await ben.press('Unmute');
    await lasts(id, 2 * TURN_MS);
    await ben.press('Mute');
    await ana.press('Unmute');
    await lasts(id, LONG_MS);
    await api.stop(id);
    await ben.close();
    const brief = await api.start('film-club');
    await lasts(brief.id, SHORT_MS);
    await api.stop(brief.id);
    await cem.close();
    await ana.press('Leave');
    long = await api.ready(id);
    short = await api.ready(brief.id);
  }, 150_000);

  afterEach(() => ana.hasNoComplaints());

  afterAll(async () => {
    await ana?.close();
    await app?.close();
  });

  it('lists them, and finds one by who was there', async () => {
    await pages.openList(app.url);
    await pages.shows(2);
    await ana.page.getByText('2 recordings', { exact: true }).waitFor();
    const row = pages.rows.last();
    await row.getByText('Ana, Ben and Cem').waitFor();
    await waitFor('its picture is shown', () =>
      row.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth > 0),
    );
    await pages.search('nobody like this', 0);
    await ana.page.getByText(/^Nothing is called/).waitFor();
    await pages.search('cem', 2);
    await pages.search('ben', 1);
  });

  it('opens one from the list, and plays it at the speed one likes', async () => {
    await pages.rows.getByRole('link').click();
    await pages.isOpen();
    expect(new URL(ana.page.url()).pathname).toBe(`/recordings/${long.id}`);
    await ana.press('Play');
    await pages.plays();
    await ana.page.getByRole('combobox', { name: 'Speed' }).selectOption('2');
    expect((await pages.look()).rate).toBe(2);
    await ana.page.getByRole('combobox', { name: 'Speed' }).selectOption('1');
  });

  it('goes on at the same moment when somebody else is watched', async () => {
    await pages.position.focus();
    await ana.page.keyboard.press('5');
    await pages.plays();
    const before = await pages.look();
    await pages.watch.selectOption({ label: 'Ben alone' });
    await waitFor(
      'Ben plays',
      () => pages.look(),
      ({ file, paused }) => file.includes('ben') && !paused,
    );
    await pages.plays();
    const after = await pages.look();
    expect(after.seconds).toBeGreaterThan(before.seconds);
    expect(after.seconds).toBeLessThan(before.seconds + 5);
    await pages.watch.selectOption({ label: 'Cem’s screen' });
    await pages.plays();
    await pages.pause();
  });

  it('seeks with the keyboard, by the chart and by its table', async () => {
    await pages.position.focus();
    await ana.page.keyboard.press('0');
    await pages.isAt(0);
    await ana.page.keyboard.press('ArrowRight');
    await pages.isAt(5);
    await ana.page.keyboard.press('ArrowUp');
    await pages.isAt(10);
    await ana.page.keyboard.press('j');
    await pages.isAt(0);

    const plot = (await ana.page.locator('.rp-plot').boundingBox())!;
    for (const lane of await ana.page.locator('.rp-chart svg').all()) {
      const box = (await lane.boundingBox())!;
      expect(Math.abs(box.x - plot.x)).toBeLessThan(1);
      expect(Math.abs(box.width - plot.width)).toBeLessThan(1);
    }
    await ana.page.locator('.rp-plot').click({ position: { x: plot.width / 4, y: 30 } });
    await pages.isAt(long.durationMs / 4000);

    const shares = ana.page.getByRole('table', { name: 'Share of talk' });
    await expect(shares.getByRole('row').allInnerTexts()).resolves.toHaveLength(3);
    await shares.getByRole('rowheader', { name: 'Ana' }).waitFor();
    await ana.page.getByText('As a table').click();
    const turn = ana.page.getByRole('button', { name: /^Go to \d\d:\d\d, Ben$/ }).first();
    const [, minutes, seconds] = /(\d\d):(\d\d)/.exec((await turn.getAttribute('aria-label'))!)!;
    await turn.click();
    await pages.isAt(Number(minutes) * 60 + Number(seconds), 1.1);
  });

  it('is called and tagged as one likes, and is found by it', async () => {
    await ana.press('Rename');
    await ana.focuses(ana.page.getByRole('textbox', { name: 'Title' }));
    await ana.page.keyboard.type('Premiere');
    await ana.page.keyboard.press('Enter');
    await ana.page.getByRole('heading', { level: 1, name: 'Premiere' }).waitFor();
    await ana.focuses(ana.button('Rename'));
    await ana.press('Add a tag');
    await ana.focuses(ana.page.getByRole('textbox', { name: 'New tag' }));
    await ana.page.keyboard.type('cinema');
    await ana.page.keyboard.press('Enter');
    await ana.page.getByRole('list', { name: 'Tags' }).getByText('cinema').waitFor();
    await ana.focuses(ana.button('Add a tag'));
    expect(await api.get(long.id)).toMatchObject({ title: 'Premiere', tags: ['cinema'] });
    await pages.openList(app.url);
    await pages.search('cinema', 1);
    await pages.rows.getByRole('link', { name: 'Premiere' }).click();
    await pages.isOpen();
  });

  it('hands out files that are what the server has', async () => {
    const file = long.files.find(
      ({ kind, participant }) => kind === 'track' && participant?.name === 'Ana',
    )!;
    const download = ana.page.waitForEvent('download');
    await ana.page.getByRole('link', { name: /^Ana: camera and microphone/ }).click();
    const bytes = await bytesOf(await download);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
    await ana.press(`Copy the curl line of ${file.name}`);
    const line = await ana.page.evaluate(() => navigator.clipboard.readText());
    expect(line).toMatch(new RegExp(`^curl -C - -O 'http.*/files/${file.name}'$`));
  });

  it('is shared by a link that plays elsewhere, until it is taken back', async () => {
    await ana.press('Make a link');
    const link = await ana.page.getByRole('textbox', { name: 'The new link' }).inputValue();
    const eve = await Visitor.come(app.url, 'Eve');
    const hers = new RecordingPage(eve);
    await eve.page.goto(link);
    await hers.isOpen();
    expect(await eve.page.getByRole('heading', { level: 1 }).innerText()).toBe('Premiere');
    for (const name of ['Rename', 'Make a link', 'Delete this recording']) {
      expect(await eve.button(name).count()).toBe(0);
    }
    await eve.press('Play');
    await hers.plays();
    eve.hasNoComplaints();

    await ana.page
      .getByRole('list', { name: 'Links that are good now' })
      .getByRole('button', { name: /^Take back/ })
      .click();
    await ana.focuses(ana.page.getByRole('heading', { name: 'Share' }));
    await eve.page.reload();
    await eve.page.getByRole('heading', { name: 'This link is no longer good' }).waitFor();
    await eve.page.goto(`${link.slice(0, link.indexOf('#'))}#${'x'.repeat(43)}`);
    await eve.page.getByRole('heading', { name: 'There is no such recording here' }).waitFor();
    await eve.close();
  });

  it('with a password is opened by whoever knows it', async () => {
    const password = ana.page.getByRole('textbox', { name: 'Password, if you like' });
    await password.fill('short');
    await ana.page.getByText('A password has at least 6 characters.').waitFor();
    await password.fill('open sesame');
    await ana.press('Make a link');
    const made = ana.page.getByRole('textbox', { name: 'The new link' });
    const link = await made.inputValue();
    await ana.page.getByText(/with a password$/).waitFor();
    const eve = await Visitor.come(app.url, 'Eve');
    await eve.page.goto(link);
    await eve.page.getByRole('heading', { name: 'This recording has a password' }).waitFor();
    await withoutFault(eve);
    const asked = eve.page.getByRole('textbox', { name: 'Password' });
    await asked.fill('open barley');
    await eve.page.keyboard.press('Enter');
    await eve.page.getByText('This is not the password of this link.').waitFor();
    await eve.focuses(asked);
    await eve.page.keyboard.type('open sesame');
    await eve.page.keyboard.press('Enter');
    const hers = new RecordingPage(eve);
    await hers.isOpen();
    await eve.press('Play');
    await hers.plays();
    await eve.close();
  });

  it('becomes one video by a wish, and is watched then', async () => {
    await ana.press('Make one video');
    await ana.page.getByRole('textbox', { name: 'To' }).fill('soon');
    await ana.press('Make it');
    await ana.focuses(ana.page.getByRole('textbox', { name: 'To' }));
    await ana.page.getByText('By command line').first().click();
    await ana.page.getByText('As a table').click();
    await withoutFault(ana);
    await ana.page.getByRole('textbox', { name: 'To' }).fill('0:04');
    await ana.press('Make it');
    await ana.focuses(ana.button('Make another'));
    const watch = ana.page.getByRole('button', { name: /^Play: Everybody, all the same size/ });
    await watch.waitFor({ timeout: 45_000 });
    await watch.click();
    const chosen = await pages.watch.evaluate((select: HTMLSelectElement) => select.value);
    expect((await api.get(long.id)).files).toContainEqual(
      expect.objectContaining({ name: chosen, kind: 'composite' }),
    );
    await ana.page.keyboard.press('k');
    await pages.plays();
    expect((await pages.look()).file).toBe(chosen);
    await ana.page.keyboard.press('k');
  });

  it('puts away several at once', async () => {
    await pages.openList(app.url);
    await ana.page.getByRole('checkbox').first().check();
    await ana.press('Select all');
    await ana.page.getByText('2 selected').waitFor();
    await withoutFault(ana);
    const downloads: Download[] = [];
    ana.page.on('download', (download) => downloads.push(download));
    await ana.press('Download as zip');
    await waitFor('both arrive', () => downloads.length === 2);
    for (const download of downloads) {
      expect(download.suggestedFilename()).toMatch(/\.zip$/);
      expect((await bytesOf(download)).subarray(0, 2).toString()).toBe('PK');
    }
    await ana.press('Select none');
  });

  it('deletes, and thinks better of it', async () => {
    await ana.page.getByRole('checkbox').first().check();
    await ana.press('Delete');
    await pages.shows(1);
    await ana.isTold('The recording is deleted.');
    await ana.focuses(ana.button('Undo'));
    await ana.page.keyboard.press('Enter');
    await pages.shows(2);
    expect(await api.get(short.id)).toMatchObject({ state: 'ready' });
  });

  it('does it all by keyboard alone', async () => {
    const { keyboard } = ana.page;
    await pages.openList(app.url);
    await ana.tabsTo(ana.page.getByRole('searchbox'));
    await keyboard.type('premiere');
    await pages.shows(1);
    await ana.tabsTo(ana.page.getByRole('checkbox', { name: 'Select Premiere' }));
    await keyboard.press('Space');
    await ana.tabsTo(pages.rows.getByRole('link', { name: 'Premiere' }));
    await keyboard.press('Enter');
    await pages.isOpen();
    await ana.tabsTo(ana.button('Remove the tag cinema'));
    await keyboard.press('Enter');
    await waitFor('the tag is gone', async () => (await api.get(long.id)).tags.length === 0);
    await ana.tabsTo(pages.watch);
    await keyboard.press('ArrowDown');
    await ana.tabsTo(pages.position);
    await keyboard.press('Home');
    await pages.isAt(0);
    await keyboard.press('ArrowRight');
    await pages.isAt(5);
    await ana.tabsTo(ana.button('Play'));
    await keyboard.press('Enter');
    await pages.plays();
    await keyboard.press('Space');
    await ana.button('Play').waitFor();
    await ana.tabsTo(ana.page.getByRole('combobox', { name: 'Speed' }));
    await keyboard.press('ArrowDown');
    await waitFor('it is faster', async () => (await pages.look()).rate === 1.25);
    await keyboard.press('ArrowUp');
    await ana.tabsTo(ana.button('Keyboard shortcuts'));
    await keyboard.press('Enter');
    await ana.page.getByRole('dialog').waitFor();
    await keyboard.press('Escape');
    await ana.focuses(ana.button('Keyboard shortcuts'));
    await ana.tabsTo(ana.page.getByText('As a table'));
    await keyboard.press('Enter');
    await ana.tabsTo(ana.page.getByRole('button', { name: /^Go to .*, Ben$/ }).first());
    await ana.tabsTo(ana.button('Make another'));
    await keyboard.press('Enter');
    await ana.focuses(ana.page.getByRole('combobox', { name: 'What is seen' }));
    await ana.tabsTo(ana.button('Cancel'));
    await keyboard.press('Enter');
    await ana.focuses(ana.button('Make another'));
    await ana.tabsTo(ana.button('Delete this recording'));
    await keyboard.press('Enter');
    await pages.shows(1);
    await ana.focuses(ana.button('Undo'));
    await keyboard.press('Enter');
    await pages.shows(2);
  });

  it('takes a person out for good, after asking, and gives a receipt', async () => {
    await ana.page.goto(`${app.url}/recordings/${long.id}`);
    await pages.isOpen();
    const who = ana.page.getByRole('combobox', { name: 'Who', exact: true });
    await who.selectOption({ label: 'Cem' });
    await ana.press('Erase…');
    await ana.page.getByRole('dialog', { name: 'Erase Cem?' }).waitFor();
    await withoutFault(ana);
    await ana.press('Keep');
    expect((await api.get(long.id)).participants).toHaveLength(3);
    await ana.focuses(ana.button('Erase…'));
    await ana.page.keyboard.press('Enter');
    await ana.press('Erase for good');
    await ana.page.getByText(/^Erased .* deleted/).waitFor();
    const download = ana.page.waitForEvent('download');
    await ana.page.getByRole('link', { name: 'Download the receipt' }).click();
    const receipt = JSON.parse((await bytesOf(await download)).toString()) as object;
    expect(await api.erasures(long.id)).toEqual([receipt]);
    const { participants } = await api.ready(long.id);
    expect(participants.map(({ name }) => name)).toEqual(['Ana', 'Ben']);
    await ana.page.getByRole('list', { name: 'People' }).getByText('Cem').waitFor({
      state: 'detached',
    });
    await pages.isOpen();
    await pages.openList(app.url);
  });

  it('deletes for good', async () => {
    await ana.page.getByRole('checkbox').first().check();
    await ana.press('Delete');
    await pages.shows(1);
    const answer = await waitFor(
      'the server has nothing of it any more',
      () => api.get(short.id).catch((error: unknown) => error),
      (seen) => seen instanceof ApiProblem,
    );
    expect(answer).toMatchObject({ status: 404 });
    await ana.button('Undo').waitFor({ state: 'detached' });
    await ana.page.reload();
    await pages.shows(1);
  });
});

import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { call, decline, isRung, isToldOfEnd } from '../support/calling.ts';
import { hearsRoomFirst } from '../support/hearsRoomFirst.ts';
import {
  hasSpoken,
  hearsBeep,
  isPlayed,
  isToldOfMessage,
  speaksAfterBeep,
} from '../support/leaving.ts';
import { pitchOf } from '../support/pitchOf.ts';
import { TestPeople } from '../support/people.ts';
import { ANA, BEN, GUS } from '../support/personas.ts';
import { seesPicture } from '../support/senses.ts';
import { briefSounds } from '../support/shortSounds.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';
import { WIDE, withoutFault } from '../support/withoutFault.ts';

const NARROW = { width: 360, height: 740 };

const fitsNarrow = async ({ page }: Visitor) => {
  await page.setViewportSize(NARROW);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.setViewportSize(WIDE);
  expect(width).toBeLessThanOrEqual(NARROW.width);
};

describe('voicemail', { timeout: 90_000 }, () => {
  let app: RunningApp;
  let people: TestPeople;
  let ana: Visitor;
  let gus: Visitor;
  let ben: Visitor;

  const message = (from: string): Locator =>
    ana.page
      .getByRole('list', { name: 'Messages', exact: true })
      .getByRole('listitem', { name: new RegExp(`^${from}.*, .*\\d`) });

  const act = (from: string, name: string): Promise<void> =>
    message(from).getByRole('button', { name, exact: true }).click();

  beforeAll(async () => {
    app = await startApp({}, { sounds: briefSounds });
    people = new TestPeople(app);
    for (const name of ['Ana', 'Ben']) await people.create(name);
    [ana, gus, ben] = await Promise.all([
      Visitor.comeAs(app.url, ANA, { viewport: WIDE }),
      Visitor.comeAs(app.url, GUS, { viewport: WIDE }),
      Visitor.comeAs(app.url, BEN, { viewport: WIDE }),
    ]);
  });

  afterEach(() => {
    for (const visitor of [ana, gus, ben]) visitor.hasNoComplaints();
  });

  afterAll(async () => {
    await Promise.all([ana, gus, ben].map((visitor) => visitor?.close()));
    await app?.close();
  });

  it('is left by a guest, by itself, when nobody is there', async () => {
    await call(gus, 'ana', { guest: true });
    await isToldOfEnd(gus, 'ana cannot be reached');
    await speaksAfterBeep(gus, 3);
    await withoutFault(gus);
    await fitsNarrow(gus);
    await gus.tabsTo(gus.button('Stop'));
    await gus.page.keyboard.press('Enter');
    await isToldOfMessage(gus, 'recorded, and not sent');
    await gus.press('Listen');
    await isPlayed(gus.page.locator('main audio'));
    await withoutFault(gus);
    await fitsNarrow(gus);
    await gus.page.getByRole('textbox', { name: 'A line of text' }).fill('About tomorrow');
    await gus.page.getByRole('switch', { name: 'Urgent' }).click();
    await gus.press('Send');
    await isToldOfEnd(gus, 'Your message is saved');
    await isToldOfMessage(gus, 'Saved.');
    await gus.press('Done');
  });

  it('waits for its owner, who is told so, and hears it', async () => {
    await people.signIn(ana);
    await ana.page.getByRole('button', { name: /^Ana \(.*\b1 new message\)$/ }).click();
    await ana.page.getByRole('link', { name: /^Voicemail/ }).click();
    await message('Gus').getByText('About tomorrow').waitFor();
    await message('Gus').getByText('Urgent').waitFor();
    await waitFor(
      'the tab says it',
      () => ana.page.title(),
      (title) => title === '(1) Voicemail · Roomtone',
    );
    await withoutFault(ana);
    await ana.tabsTo(message('Gus').getByRole('button', { name: 'Play', exact: true }));
    await ana.page.keyboard.press('Enter');
    await isPlayed(message('Gus').locator('audio'));
    expect(await pitchOf(message('Gus').locator('audio'))).toBe(GUS.toneHz);
    await waitFor(
      'it is read',
      () => ana.page.title(),
      (title) => title === 'Voicemail · Roomtone',
    );
    await message('Gus').getByText('New', { exact: true }).waitFor({ state: 'detached' });
    await withoutFault(ana);
    await fitsNarrow(ana);
  });

  it('is deleted, put back, and deleted for good', async () => {
    await act('Gus', 'Delete');
    await message('Gus').waitFor({ state: 'detached' });
    await ana.focuses(ana.button('Undo'));
    await ana.press('Undo');
    await message('Gus').waitFor();
    await act('Gus', 'Delete');
    await ana.press('Trash');
    await act('Gus', 'Delete for good');
    await ana.page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click();
    await ana.page.getByText('The trash is empty.').waitFor();
  });

  it('is left instead of ringing on', async () => {
    await people.signIn(ben);
    await call(ben, 'ana');
    await isRung(ana, 'Ben');
    await ben.press('Leave a message');
    await isToldOfEnd(ben, 'A message for Ana');
    await hearsBeep(ben);
    await hasSpoken(ben, 3);
    expect(await ben.page.getByRole('alert').allInnerTexts()).toEqual(['']);
    // Whoever hangs up has said all.
    await ben.press('Hang up');
    await isToldOfEnd(ben, 'Your message is saved');
    await ana.press('Inbox');
    await message('Ben').waitFor();
    await act('Ben', 'Call back');
    await ana.page.getByRole('heading', { name: 'Call Ben' }).waitFor();
  });

  it('can be left to somebody who declines, said anew, and thought better of', async () => {
    await call(ben, 'ana');
    await decline(ana, 'Ben');
    await isToldOfEnd(ben, 'Ana declined');
    await isToldOfMessage(ben, 'Speak now');
    await ben.press('Stop');
    await isToldOfMessage(ben, /too short|not sent yet|Nothing can be heard/);
    await ben.press('Record again');
    await isToldOfMessage(ben, 'Speak now');
    await hasSpoken(ben, 2);
    await ben.press('Cancel');
    await ben.page.getByRole('heading', { name: 'Call Ana' }).waitFor();
    await ana.open('/voicemail');
    await message('Ben').waitFor();
    // The one before, and no other.
    expect(await message('Ben').count()).toBe(1);
  });

  it('shows who leaves it, where both like it', async () => {
    await ana.open('/voicemail');
    await call(gus, 'ana', { guest: true });
    await decline(ana, 'Gus');
    // The camera is off unless the caller called to be seen, or turns it on.
    await isToldOfMessage(gus, 'Speak now');
    expect(await gus.page.locator('main video').count()).toBe(0);
    await gus.press('Start camera');
    await seesPicture(gus.page.getByLabel('You, as you are recorded'), GUS);
    await withoutFault(gus);
    await fitsNarrow(gus);
    await hasSpoken(gus, 5);
    await gus.press('Stop');
    await isToldOfMessage(gus, 'recorded, and not sent');
    await gus.press('Listen');
    const own = gus.page.getByLabel('Your message', { exact: true });
    await seesPicture(own, GUS);
    await withoutFault(gus);
    await fitsNarrow(gus);
    await gus.press('Send');
    await isToldOfMessage(gus, 'Saved.');
    await gus.press('Done');
    await act('Gus', 'Play');
    const film = message('Gus').locator('video');
    await seesPicture(film, GUS);
    expect(await pitchOf(film)).toBe(GUS.toneHz);
    await withoutFault(ana);
    await fitsNarrow(ana);
  });

  it('shows who leaves it, also when the end of the call is heard of last', async () => {
    const other = await gus.another();
    const { joined } = await hearsRoomFirst(other.page);
    await call(other, 'ana', { guest: true, video: true });
    await joined();
    await decline(ana, 'Gus');
    await isToldOfMessage(other, 'Speak now');
    await seesPicture(other.page.getByLabel('You, as you are recorded'), GUS);
    await other.press('Cancel');
    other.hasNoComplaints();
    await other.close();
  });

  it('shows nobody to whom does not want to see them', async () => {
    await people.settle('ana', { videoMessages: false });
    await call(gus, 'ana', { guest: true, video: true });
    await decline(ana, 'Gus');
    await isToldOfMessage(gus, 'Speak now');
    expect(await gus.page.getByRole('button', { name: /camera$/ }).count()).toBe(0);
    await gus.press('Cancel');
  });

  it('is not left by whose microphone is blocked, who is told how to mend it', async () => {
    await people.settle('ana', { availability: 'doNotDisturb' });
    const before = await ana.page.title();
    const dora = await Visitor.come(app.url, 'Dora', { devices: 'denied', viewport: WIDE });
    try {
      await call(dora, 'ana', { guest: true });
      await isToldOfMessage(dora, 'Speak now');
      await isToldOfMessage(dora, 'Your microphone is blocked');
      await dora.button('Try again').waitFor();
      await withoutFault(dora);
      await fitsNarrow(dora);
      await hasSpoken(dora, 3);
      await dora.press('Stop');
      await isToldOfMessage(dora, 'Nothing can be heard in it. Is this the right microphone?');
      expect(await dora.button('Send').count()).toBe(0);
      await dora.press('Cancel');
      dora.hasNoComplaints();
    } finally {
      await dora.close();
    }
    expect(await ana.page.title()).toBe(before);
  });

  it('is not left where there is nobody', async () => {
    await call(gus, 'nobody-at-all', { guest: true });
    await isToldOfEnd(gus, 'nobody-at-all cannot be reached');
    await gus.page.getByText('No message can be left there.').waitFor();
  });
});

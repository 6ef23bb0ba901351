import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { call, isToldOfEnd } from '../support/calling.ts';
import { isToldOfMessage } from '../support/leaving.ts';
import { pitchOf } from '../support/pitchOf.ts';
import { TestPeople } from '../support/people.ts';
import { ANA, BEN, GUS, type Persona } from '../support/personas.ts';
import { seesPicture } from '../support/senses.ts';
import { briefSounds } from '../support/shortSounds.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';
import { WIDE, withoutFault } from '../support/withoutFault.ts';

/** Whom a message is for hears it while it is left, and picks up. */

const NARROW = { width: 360, height: 740 };
/** What says that it is recorded from now on. */
const BEEP: Persona = { name: 'the beep', hue: 0, toneHz: 1000 };

const leaving = (owner: Visitor, name: string): Locator =>
  owner.page.getByRole('region', { name: `${name} is leaving a message`, exact: true });

const press = (live: Locator, name: string): Promise<void> =>
  live.getByRole('button', { name, exact: true }).click({ timeout: 10_000 });

const fitsNarrow = async ({ page }: Visitor): Promise<void> => {
  await page.setViewportSize(NARROW);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.setViewportSize(WIDE);
  expect(width).toBeLessThanOrEqual(NARROW.width);
};

describe('a message that is picked up', { timeout: 120_000 }, () => {
  let app: RunningApp;
  let people: TestPeople;
  let ana: Visitor;
  let gus: Visitor;
  let ben: Visitor;

  beforeAll(async () => {
    app = await startApp({}, { sounds: briefSounds });
    people = new TestPeople(app);
    for (const name of ['Ana', 'Ben']) await people.create(name);
    await people.settle('ana', { availability: 'doNotDisturb' });
    [ana, gus, ben] = await Promise.all([
      Visitor.comeAs(app.url, ANA, { viewport: WIDE }),
      Visitor.comeAs(app.url, GUS, { viewport: WIDE }),
      Visitor.comeAs(app.url, BEN, { viewport: WIDE }),
    ]);
    await people.signIn(ana);
  });

  afterEach(() => {
    for (const visitor of [ana, gus, ben]) visitor.hasNoComplaints();
  });

  afterAll(async () => {
    await Promise.all([ana, gus, ben].map((visitor) => visitor?.close()));
    await app?.close();
  });

  it('is shown on every page of its owner, heard there, and becomes a call', async () => {
    const elsewhere = await ana.another();
    await people.signIn(elsewhere);
    await call(gus, 'ana', { guest: true, video: true });
    await gus.hears(BEEP, { timeoutMs: 30_000 });
    const live = leaving(ana, 'Gus');
    await live.getByText('They are speaking.').waitFor({ timeout: 10_000 });
    await leaving(elsewhere, 'Gus').waitFor();
    await waitFor(
      'the meter moves',
      () => live.locator('.meter-fill').getAttribute('style'),
      (style) => /--level: (0\.[1-9]|1)/.test(style ?? ''),
      { everyMs: 40 },
    );
    await withoutFault(ana);
    await fitsNarrow(ana);
    await ana.hearsNothingOf(GUS);
    await ana.tabsTo(live.getByRole('button', { name: 'Listen', exact: true }));
    await ana.page.keyboard.press('Enter');
    await live.getByRole('button', { name: 'Stop listening', exact: true }).waitFor();
    await ana.hears(GUS);
    await seesPicture(live.getByLabel('Gus', { exact: true }), GUS);
    await withoutFault(ana);
    await fitsNarrow(ana);
    // The caller is told nothing of it.
    expect(await gus.page.getByRole('main').innerText()).toMatch(/Speak now/);
    await press(live, 'Pick up');
    await Promise.all([ana.isInTheCall(), gus.isInTheCall()]);
    await Promise.all([ana.perceives(GUS), gus.hears(ANA)]);
    await Promise.all([ana.isWith(['Ana', 'Gus']), gus.isWith(['Ana', 'Gus'])]);
    await live.waitFor({ state: 'detached' });
    await leaving(elsewhere, 'Gus').waitFor({ state: 'detached' });
    await elsewhere.button('Move the call here').waitFor();
    await elsewhere.close();
    await ana.press('Hang up');
    await isToldOfEnd(gus, 'The call has ended');
    await gus.press('Done');
  });

  it('is in the mailbox with what was said, and counts as read', async () => {
    await ana.open('/voicemail');
    const message = ana.page
      .getByRole('list', { name: 'Messages', exact: true })
      .getByRole('listitem', { name: /^Gus/ });
    await message.getByText('You picked up').waitFor();
    await message.getByRole('button', { name: 'Play', exact: true }).click();
    expect(await pitchOf(message.locator('video'))).toBe(GUS.toneHz);
    expect(await ana.page.title()).toBe('Voicemail · Roomtone');
    await withoutFault(ana);
    await ana.open('/calls');
    await waitFor(
      'the call was not missed',
      () => ana.page.getByRole('main').innerText(),
      (text) => text.includes('Gus') && !/missed call/i.test(text),
    );
  });

  it('goes back to its caller when nobody listens any more', async () => {
    await call(gus, 'ana', { guest: true });
    const live = leaving(ana, 'Gus');
    await press(live, 'Listen');
    await press(live, 'Stop listening');
    await ana.hearsNothingOf(GUS);
    await isToldOfMessage(gus, 'Speak now');
    await gus.press('Cancel');
    await live.waitFor({ state: 'detached' });
  });

  it('is picked up without having been heard, by somebody who talks already', async () => {
    await people.signIn(ben);
    await people.isThere('ben');
    await call(ana, 'ben');
    await ben.press('Accept');
    await Promise.all([ana.isInTheCall(), ben.isInTheCall()]);
    await call(gus, 'ana', { guest: true });
    const live = leaving(ana, 'Gus');
    await live.getByText('If you pick up, Ben is put on hold.').waitFor({ timeout: 20_000 });
    await withoutFault(ana);
    await press(live, 'Pick up');
    await Promise.all([ana.hears(GUS), gus.hears(ANA)]);
    await ben.page.getByText('On hold.').waitFor();
    await ana.press('Hang up');
    await isToldOfEnd(gus, 'The call has ended');
  });
});

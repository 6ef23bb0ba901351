import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { call, decline } from '../support/calling.ts';
import { beeps } from '../support/fakeDevices.ts';
import { TestPeople } from '../support/people.ts';
import { ANA, GUS, type Persona } from '../support/personas.ts';
import { pitchOf } from '../support/pitchOf.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';
import { WIDE, withoutFault } from '../support/withoutFault.ts';

const BEEP: Persona = { name: 'the beep', hue: 0, toneHz: 1000 };
const NARROW = { width: 360, height: 740 };

describe('greetings', { timeout: 90_000 }, () => {
  let app: RunningApp;
  let ana: Visitor;
  let gus: Visitor;

  const kind = (title: string): Locator =>
    ana.page
      .getByRole('list', { name: 'Greetings', exact: true })
      .getByRole('listitem', { name: title, exact: true });
  const act = (title: string, name: string): Promise<void> =>
    kind(title).getByRole('button', { name, exact: true }).click();
  const hasKept = (title: string, words: RegExp) =>
    kind(title)
      .getByRole('list', { name: `Recorded: ${title}` })
      .getByText(words)
      .waitFor();

  const fitsNarrow = async () => {
    await ana.page.setViewportSize(NARROW);
    const width = await ana.page.evaluate(() => document.documentElement.scrollWidth);
    await ana.page.setViewportSize(WIDE);
    expect(width).toBeLessThanOrEqual(NARROW.width);
  };
  const isPlayed = (audio: Locator) =>
    waitFor(
      'it is played',
      () => audio.evaluate((one) => (one as HTMLAudioElement).currentTime),
      (seconds) => seconds > 0.3,
    );

  beforeAll(async () => {
    app = await startApp();
    const people = new TestPeople(app);
    await people.create('Ana');
    [ana, gus] = await Promise.all([
      Visitor.comeAs(app.url, ANA, { viewport: WIDE }),
      Visitor.comeAs(app.url, GUS, { viewport: WIDE }),
    ]);
    await people.signIn(ana);
  });

  afterEach(() => {
    for (const visitor of [ana, gus]) visitor.hasNoComplaints();
  });

  afterAll(async () => {
    await Promise.all([ana, gus].map((visitor) => visitor?.close()));
    await app?.close();
  });

  it('are recorded with the keyboard, heard, and kept', async () => {
    const title = 'When you cannot answer';
    await ana.open('/settings');
    await kind(title).getByText('Callers hear a voice of ours').waitFor();
    await ana.tabsTo(kind(title).getByRole('button', { name: `Record: ${title}`, exact: true }));
    await ana.page.keyboard.press('Enter');
    await kind(title).getByRole('status').getByText('Speak now').waitFor();
    await withoutFault(ana);
    await fitsNarrow();
    await waitFor(
      'she has spoken',
      () => kind(title).getByRole('timer').allInnerTexts(),
      ([text]) => Number(/:(\d\d)/.exec(text ?? '')?.[1] ?? 0) >= 3,
    );
    await ana.focuses(kind(title).getByRole('button', { name: 'Stop', exact: true }));
    await ana.page.keyboard.press('Enter');
    await kind(title).getByText('Not kept yet.').waitFor();
    await withoutFault(ana);
    await fitsNarrow();
    await act(title, 'Play: the new greeting');
    const audio = kind(title).locator('audio');
    await isPlayed(audio);
    await act(title, 'Keep');
    await hasKept(title, /^All callers · 0:/);
    await ana.focuses(kind(title).getByRole('button', { name: `Record: ${title}`, exact: true }));
    await act(title, `Play: ${title}, All callers`);
    await isPlayed(audio);
    expect(await pitchOf(audio)).toBe(ANA.toneHz);
    await withoutFault(ana);
    await fitsNarrow();
  });

  it('are what callers hear, and then the beep', async () => {
    await ana.open('/');
    await call(gus, 'ana', { guest: true });
    await decline(ana, 'Gus');
    await gus.hears(ANA, { timeoutMs: 30_000 });
    await gus.hears(BEEP, { timeoutMs: 30_000 });
    await gus.press('Cancel');
  });

  it('are uploaded for callers of a language and for a while, and end when they should', async () => {
    await ana.open('/settings');
    const upload = async (title: string, buffer: Buffer) =>
      kind(title)
        .locator('input[type=file]')
        .setInputFiles({ name: 'greeting.wav', mimeType: 'audio/wav', buffer });
    const title = 'For a while';
    await upload(title, beeps(700));
    await kind(title).getByLabel('Until').fill('2001-01-01T10:00');
    await act(title, 'Keep');
    await kind(title).getByText('It has to end later than now.').waitFor();
    await kind(title).getByLabel('Until').fill('2199-01-01T10:00');
    await kind(title)
      .getByRole('combobox', { name: 'Who hears it' })
      .selectOption({ label: 'German' });
    await withoutFault(ana);
    await fitsNarrow();
    await act(title, 'Keep');
    await hasKept(title, /^Callers who speak German · 0:03/);
    await hasKept(title, /^Until .*2199/);
    await kind('When you cannot answer')
      .getByText(/^Not heard until .*2199/)
      .waitFor();
    const what = `${title}, Callers who speak German`;
    await ana.tabsTo(kind(title).getByRole('button', { name: `Change the end: ${what}` }));
    await ana.page.keyboard.press('Enter');
    await ana.focuses(kind(title).getByLabel('Until'));
    await kind(title).getByLabel('Until').fill('2001-01-01T10:00');
    await ana.page.keyboard.press('Enter');
    await kind(title).getByText('It has to end later than now.').waitFor();
    await withoutFault(ana);
    await fitsNarrow();
    await kind(title).getByLabel('Until').fill('2188-01-01T10:00');
    await ana.page.keyboard.press('Enter');
    await hasKept(title, /^Until .*2188/);
    await ana.focuses(kind(title).getByRole('button', { name: `Change the end: ${what}` }));
    await act(title, `Delete: ${what}`);
    await kind(title).getByText('Not recorded.').waitFor();
  });

  it('are not kept when nothing is heard in them, or thought better of', async () => {
    const title = 'Only your name';
    const file = kind(title).locator('input[type=file]');
    await file.setInputFiles({
      name: 'song.wav',
      mimeType: 'audio/wav',
      buffer: Buffer.from('no sound at all'),
    });
    await act(title, 'Keep');
    await kind(title).getByText('This is no sound that can be played here.').waitFor();
    ana.browser.complaints.splice(0);
    await act(title, 'Discard');
    await kind(title).getByText('Not recorded.').waitFor();
    await act(title, `Record: ${title}`);
    await act(title, 'Cancel');
    await kind(title).getByText('Not recorded.').waitFor();
  });
});

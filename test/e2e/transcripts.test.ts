import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { call, decline } from '../support/calling.ts';
import { TestPeople } from '../support/people.ts';
import { ANA, GUS } from '../support/personas.ts';
import { SpeechListener } from '../support/SpeechListener.ts';
import { shortSounds } from '../support/shortSounds.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';
import { WIDE, withoutFault } from '../support/withoutFault.ts';

/** What is said in a message is read by its owner, who goes from a word to its place. */

const NARROW = { width: 360, height: 740 };
const WORDS = [
  { word: 'Please', start: 0.2, end: 0.6, probability: 0.95 },
  { word: 'call', start: 0.6, end: 1, probability: 0.3 },
  { word: 'back', start: 2.5, end: 2.9, probability: 0.9 },
];

describe('a transcript', { timeout: 90_000 }, () => {
  let app: RunningApp;
  let speech: SpeechListener;
  let ana: Visitor;
  let gus: Visitor;

  const message = () =>
    ana.page
      .getByRole('list', { name: 'Messages', exact: true })
      .getByRole('listitem', { name: /^Gus/ });

  beforeAll(async () => {
    speech = await SpeechListener.open();
    // Until the test has seen that it is waited for.
    speech.behaviours = ['hang'];
    app = await startApp({ SPEECH_URL: speech.url }, { sounds: shortSounds });
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
    await speech?.close();
  });

  it('is written while its owner looks on, and read, and gone through', async () => {
    await ana.open('/voicemail');
    await call(gus, 'ana', { guest: true });
    await decline(ana, 'Gus');
    const said = gus.page.getByRole('main').getByRole('status');
    await said.filter({ hasText: 'Speak now' }).first().waitFor({ timeout: 30_000 });
    await waitFor(
      'he has spoken',
      () => gus.page.getByRole('timer').locator('strong').allInnerTexts(),
      ([text]) => Number(text?.split(':')[1] ?? 0) >= 4,
    );
    await gus.press('Hang up');
    await message().getByText('being written').waitFor();
    await waitFor(
      'it was heard',
      () => speech.heard.length,
      (heard) => heard > 0,
    );
    speech.says({ text: 'Please call – back!', language: 'english', words: WORDS });
    speech.hangUp();
    const button = message().getByRole('button', { name: 'Transcript', exact: true });
    await button.waitFor({ timeout: 30_000 });
    await ana.tabsTo(button);
    await ana.page.keyboard.press('Enter');
    const text = message().getByRole('group', { name: 'What was said' });
    await text.waitFor();
    expect(await text.getAttribute('lang')).toBe('en');
    expect(await text.getByRole('button').allInnerTexts()).toEqual(['Please', 'call –', 'back!']);
    await withoutFault(ana);
    await ana.page.setViewportSize(NARROW);
    expect(await ana.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      NARROW.width,
    );
    await ana.page.setViewportSize(WIDE);
    // One stop for all words, and arrows between them.
    await ana.tabsTo(text.getByRole('button', { name: 'Please' }));
    await ana.page.keyboard.press('End');
    await ana.focuses(text.getByRole('button', { name: 'back!' }));
    await ana.page.keyboard.press('Enter');
    await waitFor(
      'it plays from there',
      () =>
        message()
          .locator('audio')
          .evaluateAll(([one]) => (one as HTMLAudioElement | undefined)?.currentTime ?? 0),
      (seconds) => seconds >= 2.5,
    );
    await ana.page.getByRole('searchbox').fill('CALL – back');
    await message().waitFor();
    await ana.page.getByRole('searchbox').fill('never said');
    await message().waitFor({ state: 'detached' });
  });
});

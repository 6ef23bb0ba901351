import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { ANA, BEN } from '../support/personas.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

/** Each colour scheme and each size once; ends wide. */
const withoutFault = async ({ page }: Visitor): Promise<void> => {
  for (const [colorScheme, size] of [
    ['dark', PHONE],
    ['light', WIDE],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(size);
    expect(await axeViolations(page), `${colorScheme}, ${size.width} wide`).toEqual([]);
  }
};

/** The mark stands still for a while: nothing is added to what is on disk. */
const STILL_MS = 2500;

const grows = async (visitor: Visitor): Promise<void> => {
  const first = await waitFor(
    `${visitor.name} sees the mark`,
    () => visitor.seesRecording(),
    (seen) => seen?.words.startsWith('REC') === true,
  );
  await waitFor(
    `the seconds of ${visitor.name}'s mark grow`,
    () => visitor.seesRecording(),
    (seen) => seen !== null && seen.seconds >= (first?.seconds ?? 0) + 2,
  );
};

const isNotRecorded = (visitor: Visitor): Promise<unknown> =>
  waitFor(
    `${visitor.name} sees no mark`,
    () => visitor.seesRecording(),
    (seen) => seen === null,
  );

/** Whose tiles say that they are not recorded, as described to screen readers. */
const seesUnrecorded = (visitor: Visitor, names: readonly string[]): Promise<unknown> =>
  waitFor(
    `${visitor.name} sees that not recorded are: ${names.join() || 'none'}`,
    () =>
      visitor.participants.getByRole('listitem').evaluateAll((tiles) =>
        tiles
          .filter((tile) => {
            const id = tile.getAttribute('aria-describedby');
            return id !== null && document.getElementById(id)?.textContent === 'Not recorded';
          })
          .map((tile) => tile.getAttribute('aria-label') ?? ''),
      ),
    (seen) => seen.toSorted().join() === names.toSorted().join(),
  );

/** Notes that the page has played, in hertz. */
const keepNotes = async ({ browser }: Visitor): Promise<void> => {
  await browser.context.addInitScript(() => {
    const notes: number[] = [];
    Object.assign(window, { notes });
    window.OscillatorNode = class extends OscillatorNode {
      override start(when?: number): void {
        notes.push(this.frequency.value);
        super.start(when);
      }
    };
  });
};

const takeNotes = ({ page }: Visitor): Promise<number[]> =>
  page.evaluate(() => (window as unknown as { notes: number[] }).notes.splice(0));

/** Single notes come a little after the words: those of one test must not be taken for another's. */
const hasHeardChanges = async (visitor: Visitor, count: number): Promise<void> => {
  const notes: number[] = [];
  await waitFor(
    `${visitor.name} hears ${count} notes`,
    async () => {
      notes.push(...(await takeNotes(visitor)));
      return notes.length;
    },
    (heard) => heard >= count,
  );
  expect(new Set(notes).size).toBe(1);
};

const hasHeard = async (visitor: Visitor, tune: 'rise' | 'fall'): Promise<void> => {
  const notes = await waitFor(
    `${visitor.name} hears notes`,
    () => takeNotes(visitor),
    ({ length }) => length > 1,
  );
  expect(Math.sign(notes[1]! - notes[0]!)).toBe(tune === 'rise' ? 1 : -1);
};

const openSettings = async ({ page }: Visitor): Promise<void> => {
  await page.getByRole('button', { name: 'People', exact: true }).click();
  await page.getByText('Recording', { exact: true }).click();
};

describe('recording, as people live through it', { timeout: 120_000 }, () => {
  let app: RunningApp;
  let ana: Visitor;
  let ben: Visitor;

  beforeAll(async () => {
    app = await startApp();
    [ana, ben] = await Promise.all([
      Visitor.comeAs(app.url, ANA, { viewport: WIDE }),
      Visitor.comeAs(app.url, BEN, { viewport: WIDE }),
    ]);
    await Promise.all([keepNotes(ana), keepNotes(ben)]);
    await ana.enter('studio');
    await ben.enter('studio');
  });

  afterEach(() => {
    for (const visitor of [ana, ben]) visitor.hasNoComplaints();
  });

  afterAll(async () => {
    await Promise.all([ana?.close(), ben?.close()]);
    await app?.close();
  });

  const both = async (does: (visitor: Visitor) => Promise<unknown>): Promise<void> => {
    await Promise.all([ana, ben].map(does));
  };

  it('offers it to who may, and tells everybody when it starts', async () => {
    await ana.button('Record').waitFor();
    expect(await ben.button('Record').count()).toBe(0);

    await ana.press('Record');
    await both((visitor) => visitor.isTold('Ana started recording.'));
    await both((visitor) => hasHeard(visitor, 'rise'));
    await both(grows);
    await ana.button('Stop recording').waitFor();
    expect(await ben.button('Stop recording').count()).toBe(0);
    expect(await ben.page.title()).toMatch(/^● REC studio/);
  });

  it('is never out of sight, nor read out second by second', async () => {
    for (const size of [PHONE, WIDE]) {
      await ben.page.setViewportSize(size);
      await ben.recordingMarkIsInSight();
      await ben.press('People');
      await ben.recordingMarkIsInSight();
      await ben.page.keyboard.press('Escape');
      await ben.page.keyboard.press('?');
      const dialog = await ben.page.getByRole('dialog').boundingBox();
      const mark = await ben.page.locator('.rec-mark').boundingBox();
      expect(dialog!.y).toBeGreaterThan(mark!.y + mark!.height);
      await ben.page.keyboard.press('Escape');
    }
    const status = ben.page.getByRole('status').filter({ hasText: 'This call is being recorded' });
    expect(await status.innerText()).not.toMatch(/\d/);
    await withoutFault(ana);
    await withoutFault(ben);
  });

  it('is seen in full screen, too', async () => {
    await ana.press('Share screen');
    await ben.press('Full screen');
    await ben.page.locator('.stage:fullscreen .rec').waitFor();
    await ben.page.evaluate(() => document.exitFullscreen());
    await ana.press('Stop sharing');
  });

  it('says more by keyboard alone: who, since when, and that it is kept', async () => {
    await ben.tabsTo(ben.recordingMark);
    await ben.page.keyboard.press('Enter');
    const card = ben.page.getByRole('group', { name: 'About the recording' });
    await card.getByText(/^Since .+, started by Ana\.$/).waitFor();
    await card.getByText(/safely on the server’s disk/).waitFor();
    await withoutFault(ben);
    await ben.page.keyboard.press('Escape');
    await card.waitFor({ state: 'hidden' });
  });

  it('tells who comes late before they come in, and remembers it after', async () => {
    const dora = await Visitor.come(app.url, 'Dora', { devices: 'none' });
    await dora.openRoom('studio');
    await dora.page.getByText('This call is being recorded').waitFor();
    await dora.page.getByText(/started by Ana/).waitFor();
    await withoutFault(dora);
    await dora.join();
    await dora.isTold(/This call is being recorded\. Since .+, started by Ana\./);
    await grows(dora);
    await dora.press('Leave');
    await dora.page.getByText('This call was recorded by Ana.').waitFor();
    await dora.page.getByText(/Whoever started the room can download it/).waitFor();
    await withoutFault(dora);
    dora.hasNoComplaints();
    await dora.close();
  });

  it('pauses and goes on', async () => {
    await ana.press('Pause recording');
    await both((visitor) => visitor.isTold('The recording is paused.'));
    const before = await ben.seesRecording();
    expect(before?.words).toMatch(/^REC paused/);
    const since = performance.now();
    await waitFor('the seconds stand still', async () => {
      expect((await ben.seesRecording())?.seconds).toBe(before?.seconds);
      return performance.now() - since > STILL_MS;
    });
    await withoutFault(ana);
    await ana.press('Resume recording');
    await both((visitor) => visitor.isTold('The recording goes on.'));
    await both(grows);
  });

  it('pauses on a phone from the mark', async () => {
    await both(takeNotes);
    await ana.page.setViewportSize(PHONE);
    await ana.recordingMark.click();
    await ana.press('Pause recording');
    await ben.isTold('The recording is paused.');
    await ana.press('Resume recording');
    await ben.isTold('The recording goes on.');
    await both((visitor) => hasHeardChanges(visitor, 2));
    await ana.page.keyboard.press('Escape');
    await ana.page.setViewportSize(WIDE);
  });

  it('stops by keyboard, and everybody hears it', async () => {
    await both(takeNotes);
    await ana.page.keyboard.press('Shift+R');
    await both((visitor) => visitor.isTold('The recording has stopped.'));
    await both((visitor) => hasHeard(visitor, 'fall'));
    await both(isNotRecorded);
    await ana.button('Record').waitFor();
  });

  it('records nobody who has not agreed, and shows who that is', async () => {
    await openSettings(ana);
    await ana.page.getByRole('switch', { name: 'Ask for consent' }).click();
    await waitFor('the setting to be taken', () =>
      ana.page.getByRole('switch', { name: 'Ask for consent', checked: true }).isVisible(),
    );
    await withoutFault(ana);
    await ana.press('People');
    await ana.press('Record');

    const question = ben.page.getByRole('dialog', { name: /^Ana records this call\. May you be/ });
    await question.waitFor();
    await withoutFault(ben);
    await ben.press('Do not record me');
    await question.waitFor({ state: 'hidden' });
    await ana.page.getByRole('dialog', { name: 'May you be recorded, too?' }).waitFor();
    await ana.press('Record me');
    await both((visitor) => seesUnrecorded(visitor, ['Ben']));
    await withoutFault(ana);

    await ben.press('People');
    await ben.page
      .getByRole('list', { name: 'Everybody here' })
      .getByRole('listitem')
      .filter({ hasText: 'Ben (you)' })
      .getByText('Not recorded')
      .waitFor();
    await ben.press('People');
    await ben.recordingMark.click();
    await ben.page.getByText(/You are not recorded/).waitFor();
    await ben.press('Record me');
    await both((visitor) => seesUnrecorded(visitor, []));
    await ben.press('Do not record me');
    await both((visitor) => seesUnrecorded(visitor, ['Ben']));
    await ben.page.keyboard.press('Escape');
  });

  it('asks who comes before they come in, and lets them in either way', async () => {
    const dora = await Visitor.come(app.url, 'Dora', { devices: 'none' });
    await dora.openRoom('studio');
    const choice = dora.page.getByRole('group', { name: 'May you be recorded?' });
    await choice.waitFor();
    expect(await choice.getByRole('radio', { checked: true }).count()).toBe(0);
    await withoutFault(dora);
    await choice.getByRole('radio', { name: 'Record me too' }).check();
    await dora.join();
    await seesUnrecorded(dora, ['Ben']);
    expect(await dora.page.getByRole('dialog').count()).toBe(0);
    await dora.press('Leave');

    await dora.openRoom('studio');
    await choice.waitFor();
    await dora.join();
    await seesUnrecorded(dora, ['Ben', 'Dora']);
    await dora.page.getByRole('dialog', { name: /May you be recorded/ }).waitFor();
    await dora.page.keyboard.press('Escape');
    await seesUnrecorded(ana, ['Ben', 'Dora']);
    await dora.press('Leave');
    dora.hasNoComplaints();
    await dora.close();
  });

  it('is set by whoever looks after the room', async () => {
    await ana.press('Stop recording');
    await both(isNotRecorded);
    await openSettings(ana);
    const days = ana.page.getByRole('textbox', { name: /^Delete recordings after/ });
    await days.fill('a week');
    await days.press('Enter');
    await ana.page.getByText(/whole number of days/).waitFor();
    await days.fill('7');
    await days.press('Enter');
    await ana.page.getByRole('combobox', { name: 'Who may record' }).selectOption('everybody');
    await ben.button('Record').waitFor();
    const asked = await fetch(`${app.url}/api/v1/rooms/studio`);
    expect(await asked.json()).toMatchObject({
      recording: { allowed: 'everybody', keepDays: 7, consent: true },
    });
    await ana.page.getByRole('combobox', { name: 'Who may record' }).selectOption('moderators');
    await ben.button('Record').waitFor({ state: 'detached' });
    await ana.page.getByRole('switch', { name: 'Ask for consent' }).click();
    await ana.page.getByRole('switch', { name: 'Record by itself' }).click();
    await ana.press('People');
  });

  it('records by itself when people come together, and says so beforehand', async () => {
    await both((visitor) => visitor.press('Leave'));
    await ben.openRoom('studio');
    await ben.page.getByText('This room is recorded while people are in it').waitFor();
    await withoutFault(ben);
    await ben.join();
    await ben.isTold(/This room records by itself/);
    await ana.rejoin();
    await both(grows);
  });

  it('hands the files to whoever started the room', async () => {
    await ben.press('Leave');
    await ana.press('Stop recording');
    await isNotRecorded(ana);
    await ana.press('Leave');
    await ana.page.getByText(/^This call was recorded/).waitFor();
    await ana.page
      .getByRole('button', { name: 'Get the recording' })
      .first()
      .waitFor({ timeout: 60_000 });
    await withoutFault(ana);
    const download = ana.page.waitForEvent('download');
    await ana.page.getByRole('button', { name: 'Get the recording' }).first().click();
    expect((await download).suggestedFilename()).toMatch(/\.zip$/);
    expect(await (await download).failure()).toBeNull();
    await ana.page.getByText('File by file').first().click();
    const link = ana.page.getByRole('link', { name: /^Ana: camera and microphone / }).first();
    const file = await fetch(new URL((await link.getAttribute('href'))!, app.url));
    expect(file.status).toBe(200);
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(10_000);
    await withoutFault(ana);
  });
});

import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Voicemail } from '../../server/protocol/voicemail.ts';
import { call, decline, isRung, isToldOfEnd } from '../support/calling.ts';
import { hearsBeep, isPlayed, isToldOfMessage, speaksAfterBeep } from '../support/leaving.ts';
import { TestPeople } from '../support/people.ts';
import { ANA, GUS } from '../support/personas.ts';
import { toneIn } from '../support/pitch.ts';
import { RawClient } from '../support/rawClient.ts';
import { seesPicture } from '../support/senses.ts';
import { Somebody } from '../support/Somebody.ts';
import { comesToSing, FIRST_TRY, NOTE_MS, notesIn, sings, SONG } from '../support/song.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';

/** Of what was said, so much may be missing at each end. */
const CUT_MS = 100;
/** Ana’s name in the corner of her pages. */
const withNew = (count: number): RegExp =>
  count === 0 ? /^Ana \((?!.*new message)/ : new RegExp(`^Ana \\(.*\\b${count} new message`);

describe('a message is left when the call', { timeout: 120_000 }, () => {
  let app: RunningApp;
  let people: TestPeople;
  let ana: Somebody;
  let gus: Visitor;
  let desk: Visitor;
  let phone: Visitor;

  beforeAll(async () => {
    app = await startApp();
    people = new TestPeople(app);
    await people.create('Ana');
    ana = await Somebody.signIn(app, 'ana');
    [gus, desk] = await Promise.all([Visitor.comeAs(app.url, GUS), Visitor.comeAs(app.url, ANA)]);
    phone = await desk.another();
    await comesToSing(gus);
  });
  afterEach(async () => {
    for (const visitor of [gus, desk, phone]) visitor.hasNoComplaints();
    await people.settle('ana', { availability: 'automatic', callWaiting: true, ringSeconds: 30 });
  });
  afterAll(async () => {
    await Promise.all([gus, phone, desk].map((visitor) => visitor?.close()));
    await app?.close();
  });

  const inbox = async (): Promise<Voicemail[]> =>
    (await ana.read<{ items: Voicemail[] }>('/voicemails')).items;

  const soundOf = async ({ files }: Voicemail): Promise<Buffer> => {
    const { url, sha256 } = files.find(({ name }) => name.endsWith('.m4a'))!;
    const response = await ana.rest('GET', url.slice('/api/v1'.length));
    const sound = Buffer.from(await response.arrayBuffer());
    expect(createHash('sha256').update(sound).digest('hex')).toBe(sha256);
    return sound;
  };

  /** Thinks better of the first try, and sends the song, which goes from the beep on to Stop. */
  const leaves = async (): Promise<void> => {
    await hearsBeep(gus);
    await isToldOfMessage(gus, 'Speak now');
    await sings(gus, FIRST_TRY);
    await gus.press('Stop');
    await isToldOfMessage(gus, 'recorded, and not sent');
    await gus.press('Listen');
    await isPlayed(gus.page.locator('main audio'));
    await gus.press('Record again');
    await isToldOfMessage(gus, 'Speak now');
    await sings(gus, SONG);
    await gus.press('Stop');
    await isToldOfMessage(gus, 'recorded, and not sent');
    await gus.press('Send');
    await isToldOfEnd(gus, 'Your message is saved');
    await gus.press('Done');
  };

  /** What Ana downloads has the whole song, and nothing of the first try. */
  const arrivesAs = async (reason: Voicemail['reason'], count: number): Promise<void> => {
    const found = await inbox();
    expect(found).toHaveLength(count);
    const message = found[0]!;
    expect(message).toMatchObject({ reason, partial: false, from: { displayName: 'Gus' } });
    const notes = notesIn(await soundOf(message));
    expect(notes.map(({ hz }) => hz)).toEqual(SONG);
    for (const { fromMs, toMs } of notes) expect(toMs - fromMs).toBeGreaterThan(NOTE_MS - CUT_MS);
  };

  it('reaches nobody, and is counted on every page of its owner from then on', async () => {
    await call(gus, 'ana', { guest: true });
    await isToldOfEnd(gus, 'ana cannot be reached');
    await leaves();
    await arrivesAs('offline', 1);
    await people.signIn(desk);
    await people.signIn(phone);
    for (const page of [desk, phone]) {
      await page.page.getByRole('button', { name: withNew(1) }).waitFor();
    }
  });

  it('is declined', async () => {
    await call(gus, 'ana', { guest: true });
    await decline(desk, 'Gus');
    await leaves();
    await arrivesAs('declined', 2);
  });

  it('is not answered', async () => {
    await people.settle('ana', { ringSeconds: 5 });
    await call(gus, 'ana', { guest: true });
    await isRung(phone, 'Gus');
    await leaves();
    await arrivesAs('noAnswer', 3);
  });

  it('meets somebody who is not to be disturbed', async () => {
    await people.settle('ana', { availability: 'doNotDisturb' });
    await call(gus, 'ana', { guest: true });
    await leaves();
    await arrivesAs('doNotDisturb', 4);
  });

  it('meets somebody who is busy', async () => {
    await people.settle('ana', { callWaiting: false });
    const other = await RawClient.open(app.url);
    const page = await ana.page();
    const placed = { to: 'ana', name: 'Greta', video: false };
    const { call: first } = await other.request('placeCall', placed);
    await page.request('answerCall', { callId: first.id });
    await call(gus, 'ana', { guest: true });
    await leaves();
    await Promise.all([other.close(), page.close()]);
    await arrivesAs('busy', 5);
  });

  it('rings, and the caller would rather leave one', async () => {
    await call(gus, 'ana', { guest: true });
    await isRung(desk, 'Gus');
    await gus.press('Leave a message');
    await leaves();
    await arrivesAs('chosen', 6);
  });

  it('is declined, and the caller is seen in it', async () => {
    await call(gus, 'ana', { guest: true, video: true });
    await decline(desk, 'Gus');
    await seesPicture(gus.page.getByLabel('You, as you are recorded'), GUS);
    await leaves();
    await arrivesAs('declined', 7);
  });

  it('and is read everywhere once it was played on one page', async () => {
    await desk.open('/voicemail');
    const newest = desk.page.getByRole('list', { name: 'Messages', exact: true });
    await newest.getByRole('button', { name: 'Play', exact: true }).first().click();
    await seesPicture(newest.locator('video').first(), GUS);
    await isPlayed(newest.locator('video').first());
    for (const page of [desk, phone]) {
      await page.page.getByRole('button', { name: withNew(6) }).waitFor();
    }
    expect((await inbox()).filter(({ readAt }) => readAt === null)).toHaveLength(6);
  });

  it('and is delivered, cut short, when the caller’s browser is killed in the middle', async () => {
    const seen = (await inbox()).length;
    const greta = await Visitor.comeAs(app.url, GUS);
    await people.settle('ana', { availability: 'doNotDisturb' });
    await call(greta, 'ana', { guest: true });
    await speaksAfterBeep(greta, 4);
    await greta.browser.kill();
    const found = await waitFor('it is there', inbox, ({ length }) => length === seen + 1, {
      timeoutMs: 40_000,
    });
    expect(found[0]).toMatchObject({ partial: true });
    const { hz, fromMs, toMs } = toneIn(await soundOf(found[0]!), [ANA.toneHz, GUS.toneHz]);
    expect(hz).toBe(GUS.toneHz);
    // He beeps twice a second: what is missing at an end is less than a pause.
    expect(toMs - fromMs).toBeGreaterThan(3_500);
  });
});

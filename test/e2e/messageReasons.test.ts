import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Voicemail } from '../../server/protocol/voicemail.ts';
import { call, decline, isRung, isToldOfEnd } from '../support/calling.ts';
import { hasSpoken, isPlayed, isToldOfMessage, speaksAfterBeep } from '../support/leaving.ts';
import { TestPeople } from '../support/people.ts';
import { ANA, BEN, GUS } from '../support/personas.ts';
import { toneIn } from '../support/pitch.ts';
import { RawClient } from '../support/rawClient.ts';
import { Somebody } from '../support/Somebody.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';

const TONES_HZ = [ANA, BEN, GUS].map(({ toneHz }) => toneHz);
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

  /** Decodes what Ana downloads: his tone, as long as he spoke, and the sum is right. */
  const isWhole = async ({ files, durationMs }: Voicemail, spokenMs: number): Promise<void> => {
    const { url, sha256 } = files.find(({ name }) => name.endsWith('.m4a'))!;
    const response = await ana.rest('GET', url.slice('/api/v1'.length));
    const sound = Buffer.from(await response.arrayBuffer());
    expect(createHash('sha256').update(sound).digest('hex')).toBe(sha256);
    const { hz, fromMs, toMs } = toneIn(sound, TONES_HZ);
    expect(hz).toBe(GUS.toneHz);
    // He beeps twice a second: what is missing at an end is less than a pause.
    expect(toMs - fromMs).toBeGreaterThan(spokenMs - 500);
    expect(durationMs).toBeGreaterThan(spokenMs - 500);
  };

  const leaves = async (): Promise<void> => {
    await speaksAfterBeep(gus, 3);
    await gus.press('Stop');
    await isToldOfMessage(gus, 'recorded, and not sent');
    await gus.press('Listen');
    await isPlayed(gus.page.locator('main audio'));
    await gus.press('Send');
    await isToldOfEnd(gus, 'Your message is saved');
    await gus.press('Done');
  };

  const arrivesAs = async (reason: Voicemail['reason'], count: number): Promise<void> => {
    const found = await inbox();
    expect(found).toHaveLength(count);
    expect(found[0]).toMatchObject({ reason, partial: false, from: { displayName: 'Gus' } });
    await isWhole(found[0]!, 3_000);
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

  it('meets somebody who is not to be disturbed, and is said anew', async () => {
    await people.settle('ana', { availability: 'doNotDisturb' });
    await call(gus, 'ana', { guest: true });
    await speaksAfterBeep(gus, 2);
    await gus.press('Stop');
    await gus.press('Record again');
    await hasSpoken(gus, 3);
    await gus.press('Stop');
    await isToldOfMessage(gus, 'recorded, and not sent');
    await gus.press('Send');
    await isToldOfEnd(gus, 'Your message is saved');
    await gus.press('Done');
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

  it('and is read everywhere once it was played on one page', async () => {
    await desk.open('/voicemail');
    const newest = desk.page.getByRole('list', { name: 'Messages', exact: true });
    await newest.getByRole('button', { name: 'Play', exact: true }).first().click();
    await isPlayed(newest.locator('audio').first());
    for (const page of [desk, phone]) {
      await page.page.getByRole('button', { name: withNew(5) }).waitFor();
    }
    expect((await inbox()).filter(({ readAt }) => readAt === null)).toHaveLength(5);
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
    await isWhole(found[0]!, 4_000);
  });
});

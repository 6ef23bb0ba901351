import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MessageCaller } from '../support/MessageCaller.ts';
import { TestPeople } from '../support/people.ts';
import { shortSounds } from '../support/shortSounds.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';
import { WIDE, withoutFault } from '../support/withoutFault.ts';

/** A mailbox that Ana and Ben look after together. */

const NARROW = { width: 360, height: 740 };

describe('a team box', { timeout: 30_000 }, () => {
  let app: RunningApp;
  let ana: Visitor;
  let ben: Visitor;

  const asAdmin = async (method: string, path: string, body: object): Promise<void> => {
    const response = await fetch(`${app.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${app.adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect([path, response.ok]).toEqual([path, true]);
  };
  const message = ({ page }: Visitor): Locator =>
    page
      .getByRole('list', { name: 'Messages', exact: true })
      .getByRole('listitem', { name: /^Greta/ });
  const choose = ({ page }: Visitor): Promise<void> =>
    page
      .getByRole('group', { name: 'Mailbox' })
      .getByRole('button', { name: 'Support', exact: true })
      .click();
  const fromMenu = async (visitor: Visitor, name: string): Promise<void> => {
    await message(visitor).getByRole('button', { name: 'More', exact: true }).click();
    await visitor.page.getByRole('button', { name, exact: true }).click();
  };

  beforeAll(async () => {
    app = await startApp({}, { sounds: shortSounds });
    const people = new TestPeople(app);
    for (const name of ['Ana', 'Ben']) await people.create(name);
    await asAdmin('POST', '/users', { name: 'support', displayName: 'Support' });
    await asAdmin('PUT', '/mailboxes/support/members/ana', {});
    await asAdmin('PUT', '/mailboxes/support/members/ben', {});
    [ana, ben] = await Promise.all([
      Visitor.come(app.url, 'Ana', { viewport: WIDE }),
      Visitor.come(app.url, 'Ben', { viewport: WIDE }),
    ]);
    await people.signIn(ana);
    await people.signIn(ben);
    for (const visitor of [ana, ben]) await visitor.open('/voicemail');
  }, 60_000);
  afterAll(async () => {
    await Promise.all([ana, ben].map((visitor) => visitor?.close()));
    await app?.close();
  });

  it('shows both what was left there, plays it, and who sees to it', async () => {
    for (const visitor of [ana, ben]) await choose(visitor);
    const caller = await MessageCaller.call(app, { to: 'support', name: 'Greta' });
    await caller.speaks(2_500);
    await caller.sends();
    await caller.close();
    for (const visitor of [ana, ben]) await message(visitor).waitFor();
    await withoutFault(ana);
    await message(ana).getByRole('button', { name: 'Play', exact: true }).click();
    await waitFor('it is heard', () =>
      message(ana)
        .locator('audio')
        .evaluate((audio: HTMLAudioElement) => audio.currentTime > 0.3),
    );
    await fromMenu(ana, 'I see to it');
    await message(ana).getByText('You see to it').waitFor();
    await message(ben).getByText('Ana sees to it').waitFor();
    await fromMenu(ana, 'Give it back');
    await message(ben).getByText('Ana sees to it').waitFor({ state: 'detached' });
    await fromMenu(ben, 'I see to it');
    await message(ana).getByText('Ben sees to it').waitFor();
    const id = await message(ben).getAttribute('data-message');
    await ben.open(`/voicemail?message=${id}&mailbox=support`);
    await ben.page.getByRole('slider', { name: 'Position' }).waitFor();
    await message(ben).getByText('You see to it').waitFor();
    await withoutFault(ana);
    await ana.page.setViewportSize(NARROW);
    const width = await ana.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(NARROW.width);
    for (const visitor of [ana, ben]) visitor.hasNoComplaints();
  });
});

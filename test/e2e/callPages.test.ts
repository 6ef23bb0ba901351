import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Presence } from '../../server/protocol/people.ts';
import { accept, call, isDone, isRung, isToldOfEnd } from '../support/calling.ts';
import { TestPeople } from '../support/people.ts';
import { ANA, BEN } from '../support/personas.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';
import { WIDE, withoutFault } from '../support/withoutFault.ts';

describe('the pages of calls', { timeout: 60_000 }, () => {
  let app: RunningApp;
  let people: TestPeople;
  let ana: Visitor;
  let ben: Visitor;

  const isSeen = (as: Presence) =>
    waitFor(
      `Ana is ${as}`,
      () => people.presenceOf('ana'),
      (presence) => presence === as,
    );

  const tabSays = (words: string) =>
    waitFor(
      `the tab says ${words}`,
      () => ana.page.title(),
      (title) => title === words,
    );

  beforeAll(async () => {
    app = await startApp();
    people = new TestPeople(app);
    for (const name of ['Ana', 'Ben']) await people.create(name);
    [ana, ben] = await Promise.all([
      Visitor.comeAs(app.url, ANA),
      Visitor.comeAs(app.url, BEN, { viewport: WIDE }),
    ]);
    await people.signIn(ana);
    await people.isThere('ana');
  });

  afterEach(() => {
    for (const visitor of [ana, ben]) visitor.hasNoComplaints();
  });

  afterAll(async () => {
    await Promise.all([ana, ben].map((visitor) => visitor?.close()));
    await app?.close();
  });

  it('can be gone through by keyboard alone, from the name to the end', async () => {
    await ben.open('/call/ana');
    await ben.focuses(ben.page.getByRole('textbox', { name: 'Your name', exact: true }));
    await ben.page.keyboard.press('Enter');
    await ben.page.getByText('Please type a name').waitFor();
    await ben.page.keyboard.type('Gus');
    await ben.page.keyboard.press('Enter');
    await ben.focuses(ben.page.getByRole('heading', { level: 1, name: 'Calling ana' }));

    const dialog = await isRung(ana, 'Gus');
    await ana.focuses(dialog.getByRole('heading', { name: 'Gus calls' }));
    await ana.tabsTo(dialog.getByRole('button', { name: 'Accept', exact: true }));
    await ana.page.keyboard.press('Enter');
    await ana.isInTheCall();
    await ana.tabsTo(ana.button('Hold'));
    await ana.page.keyboard.press('Space');
    await ana.focuses(ana.button('Resume'));
    await ana.page.keyboard.press('Space');
    await ana.button('Hold').waitFor();
    await ana.tabsTo(ana.button('Hang up'));
    await ana.page.keyboard.press('Enter');
    for (const visitor of [ana, ben]) {
      await isToldOfEnd(visitor, 'The call has ended');
      await visitor.focuses(visitor.page.getByRole('heading', { level: 1 }));
    }
    await ana.tabsTo(ana.button('Done'));
    await ana.page.keyboard.press('Enter');
    await ana.button('New room').waitFor();
  });

  it('tells others when nobody looks at it', async () => {
    await ana.setHidden(true);
    await isSeen('away');
    await ana.setHidden(false);
    await isSeen('online');
  });

  it('tells others when nobody touched anything for five minutes', async () => {
    // Until her own page is gone, nobody can tell whether the other one watches yet.
    await ana.page.goto('about:blank');
    await isSeen('offline');
    const idle = await ana.another();
    await idle.page.clock.install();
    await people.signIn(idle);
    await isSeen('online');
    await idle.page.clock.fastForward('04:50');
    await isSeen('online');
    await idle.page.clock.fastForward('00:20');
    await isSeen('away');
    await idle.page.mouse.move(200, 200);
    await isSeen('online');
    await idle.page.close();
    await ana.openHome();
    await isSeen('online');
  });

  it('remembers the name of a guest', async () => {
    await ben.open('/call/ana');
    const name = ben.page.getByRole('textbox', { name: 'Your name', exact: true });
    expect(await name.inputValue()).toBe('Gus');
  });

  it('flashes on the tab while it rings, and only then', async () => {
    await call(ben, 'ana');
    for (const words of ['Gus calls', 'Roomtone', 'Gus calls']) await tabSays(words);
    await ben.press('Hang up');
    await isToldOfEnd(ben, 'You hung up');
    await tabSays('Roomtone');
  });

  it('does not ring any more when Escape is pressed, and can still be answered', async () => {
    await call(ben, 'ana');
    const dialog = await isRung(ana, 'Gus');
    const sounding = () =>
      ana.page.evaluate(() => document.querySelectorAll('body > audio').length);
    await waitFor('it sounds', sounding, (count) => count === 1);
    await ana.page.keyboard.press('Escape');
    await waitFor('it is silent', sounding, (count) => count === 0);
    expect(await dialog.isVisible()).toBe(true);
    await accept(ana, 'Gus');
    await ana.hears({ ...BEN, name: 'Gus' });
    await ana.press('Hang up');
    await isToldOfEnd(ben, 'The call has ended');
    await isDone(ana);
  });

  it('has nothing that axe objects to, light or dark, large or small', async () => {
    await ben.open('/call/ana');
    await ben.page.getByRole('heading', { name: 'Call ana' }).waitFor();
    await withoutFault(ben);
    await call(ben, 'ana', { video: true });
    await isRung(ana, 'Gus');
    await withoutFault(ana);
    await withoutFault(ben);
    await ana.press('Accept with video');
    await Promise.all([ana, ben].map((visitor) => visitor.isWith(['Ana', 'Gus'])));
    await ana.press('Hold');
    await withoutFault(ana);
    await ana.press('Add person…');
    await ana.page.getByRole('radio', { name: 'Ben' }).waitFor();
    await withoutFault(ana);
    await ana.page.keyboard.press('Escape');
    await ana.press('Hang up');
    await isToldOfEnd(ben, 'The call has ended');
    await withoutFault(ben);
  });

  it('is one’s own page to whoever is signed in', async () => {
    await ana.open('/call/ana');
    await ana.page.getByRole('heading', { name: 'This is where others call you' }).waitFor();
    await ana.open('/call/nobody');
    await ana.page.getByRole('heading', { name: 'Nobody is called that' }).waitFor();
  });
});

import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import {
  accept,
  call,
  decline,
  hearsRingBack,
  hearsRinging,
  isDone,
  isNotRung,
  isRung,
  isToldOfEnd,
} from '../support/calling.ts';
import { TestPeople } from '../support/people.ts';
import { ANA, BEN, CEM, GUS } from '../support/personas.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';

/** Somebody who is signed in nowhere. */
const NOWHERE = 'Dora';

const choose = async (visitor: Visitor, title: string, person: string, then: string) => {
  const dialog = visitor.page.getByRole('dialog', { name: title, exact: true });
  await dialog.getByRole('radio', { name: person }).check();
  await dialog.getByRole('button', { name: then, exact: true }).click();
};

const sees = (visitor: Visitor, text: string) =>
  visitor.page.getByText(text).first().waitFor({ timeout: 10_000 });

describe('calling people', { timeout: 60_000 }, () => {
  let app: RunningApp;
  let people: TestPeople;
  let ana: Visitor;
  let anasOther: Visitor;
  let ben: Visitor;
  let cem: Visitor;
  let gus: Visitor;

  const everybody = () => [ana, anasOther, ben, cem, gus];

  beforeAll(async () => {
    app = await startApp();
    people = new TestPeople(app);
    for (const name of ['Ana', 'Ben', 'Cem', NOWHERE]) await people.create(name);
    [ana, ben, cem, gus] = (await Promise.all(
      [ANA, BEN, CEM, GUS].map((persona) => Visitor.comeAs(app.url, persona)),
    )) as [Visitor, Visitor, Visitor, Visitor];
    anasOther = await ana.another();
    await Promise.all([ana, anasOther, ben, cem].map((visitor) => people.signIn(visitor)));
    await Promise.all(['ana', 'ben', 'cem'].map((name) => people.isThere(name)));
  });

  afterEach(() => {
    for (const visitor of everybody()) visitor.hasNoComplaints();
  });

  afterAll(async () => {
    await Promise.all([ana, ben, cem, gus].map((visitor) => visitor?.close()));
    await app?.close();
  });

  describe('a guest calls Ana', () => {
    it('rings on all her devices, and goes on at the one that answers', async () => {
      await call(gus, 'ana', { guest: true, video: true });
      await Promise.all([ana, anasOther].map((visitor) => isRung(visitor, 'Gus')));
      await Promise.all([hearsRinging(ana), hearsRinging(anasOther), hearsRingBack(gus)]);

      await ana.press('Accept with video');
      await anasOther.isTold('Answered on another device');
      await isNotRung(anasOther);
      await Promise.all([ana.isWith(['Ana', 'Gus']), gus.isWith(['Ana', 'Gus'])]);
      await Promise.all([ana.perceives(GUS), gus.perceives(ANA)]);
    });

    it('goes on after either page was loaded anew', async () => {
      await ana.page.reload();
      await ana.isInTheCall();
      await Promise.all([ana.hears(GUS), gus.hears(ANA)]);
      await gus.page.reload();
      await gus.isInTheCall();
      await Promise.all([ana.hears(GUS), gus.hears(ANA)]);
    });

    it('goes on at another device, and back', async () => {
      await anasOther.press('Move the call here');
      await Promise.all([anasOther.hears(GUS), gus.hears(ANA)]);
      await isToldOfEnd(ana, 'The call goes on on another device');
      await gus.isWith(['Ana', 'Gus']);

      await ana.press('Move the call here');
      await Promise.all([ana.hears(GUS), gus.hears(ANA)]);
      await isToldOfEnd(anasOther, 'The call goes on on another device');
      await isDone(anasOther);
    });

    it('is silent both ways while it is on hold, and says so', async () => {
      await ana.press('Hold');
      await sees(gus, 'Ana will be back');
      await Promise.all([ana.hearsNothingOf(GUS), gus.hearsNothingOf(ANA)]);
      await ana.press('Resume');
      await Promise.all([ana.hears(GUS), gus.hears(ANA)]);
    });

    it('takes in a third person, who can go again', async () => {
      await ana.press('Add person…');
      await choose(ana, 'Add somebody to the call', 'Ben', 'Ring them');
      await sees(ana, 'Ringing Ben…');
      await accept(ben, 'Ana');
      await Promise.all([ana, ben, gus].map((visitor) => visitor.isWith(['Ana', 'Ben', 'Gus'])));
      await Promise.all([ben.hears(ANA), ben.hears(GUS), ana.hears(BEN), gus.hears(BEN)]);
      await ben.press('Hang up');
      await isToldOfEnd(ben, 'The call has ended');
      await isDone(ben);
      await Promise.all([ana.isWith(['Ana', 'Gus']), gus.hears(ANA)]);
    });

    it('comes back when the one it is passed on to declines', async () => {
      await ana.press('Transfer…');
      await choose(ana, 'Pass Gus on', 'Cem', 'Transfer');
      await isToldOfEnd(ana, 'You passed the call on');
      await isToldOfEnd(gus, 'Calling cem');
      await decline(cem, 'Gus');
      await accept(ana, 'Gus');
      await Promise.all([ana.hears(GUS), gus.hears(ANA)]);
    });

    it('is passed on to somebody who answers', async () => {
      await ana.press('Transfer…');
      await choose(ana, 'Pass Gus on', 'Cem', 'Transfer');
      await (await isRung(cem, 'Gus')).getByText('via Ana').waitFor();
      await accept(cem, 'Gus');
      await Promise.all([cem.hears(GUS), gus.hears(CEM)]);
      await Promise.all([isDone(ana), gus.isWith(['Cem', 'Gus'])]);
    });

    it('ends for both when one hangs up', async () => {
      await cem.press('Hang up');
      await Promise.all([cem, gus].map((visitor) => isToldOfEnd(visitor, 'The call has ended')));
      await isDone(cem);
    });
  });
});

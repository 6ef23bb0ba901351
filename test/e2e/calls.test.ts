import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import {
  accept,
  call,
  decline,
  hearsHoldTone,
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
      await hearsHoldTone(gus);
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

  describe('a call that comes to nothing', () => {
    afterEach(async () => {
      await people.settle('ana', {
        availability: 'automatic',
        callWaiting: true,
        ringSeconds: 30,
      });
      await people.plan('ana', {});
      await Promise.all([ana, anasOther].map(isNotRung));
    });

    it('is declined on one device, for all', async () => {
      await call(ben, 'ana');
      await Promise.all([isRung(anasOther, 'Ben'), hearsRinging(anasOther)]);
      await decline(ana, 'Ben');
      await Promise.all([
        isToldOfEnd(ben, 'Ana declined'),
        anasOther.isTold('Declined on another device'),
      ]);
    });

    it('is taken back', async () => {
      await ben.press('Call again');
      await Promise.all([ana, anasOther].map((visitor) => isRung(visitor, 'Ben')));
      await ben.press('Hang up');
      await Promise.all([
        isToldOfEnd(ben, 'You hung up'),
        ana.isTold('You missed a call from Ben'),
        ana.page.getByRole('button', { name: /1 missed call/ }).waitFor(),
        anasOther.isTold('You missed a call from Ben'),
      ]);
    });

    it('is not answered', async () => {
      await people.settle('ana', { ringSeconds: 5 });
      await call(ben, 'ana');
      await isRung(ana, 'Ben');
      await Promise.all([
        isToldOfEnd(ben, 'Ana did not answer'),
        ana.isTold('You missed a call from Ben'),
      ]);
    });

    it('is for somebody who talks and takes no second one', async () => {
      await people.settle('ana', { callWaiting: false });
      await call(cem, 'ana');
      await accept(ana, 'Cem');
      await ana.hears(CEM);
      await call(ben, 'ana');
      await isToldOfEnd(ben, 'Ana is in another call');
      await cem.press('Hang up');
      await Promise.all([ana, cem].map((who) => isToldOfEnd(who, 'The call has ended')));
      await Promise.all([ana, cem].map(isDone));
    });

    it('is for somebody who does not want to be disturbed, or not by the caller', async () => {
      await people.settle('ana', { availability: 'doNotDisturb' });
      await call(ben, 'ana');
      await isToldOfEnd(ben, 'Ana cannot be reached');
      await people.settle('ana', { availability: 'automatic' });
      await people.plan('ana', { blocked: ['ben'] });
      await call(ben, 'ana');
      await isToldOfEnd(ben, 'Ana cannot be reached');
      await isNotRung(ana);
    });

    it.each([NOWHERE.toLowerCase(), 'nobody-at-all'])(
      'is for somebody who is not there: %s',
      async (name) => {
        await call(gus, name, { guest: true });
        await isToldOfEnd(gus, `${name} cannot be reached`);
      },
    );
  });

  describe('people with an account', () => {
    it('find the call at the one that it was forwarded to', async () => {
      await people.plan('ana', { rules: [{ when: 'always', then: { forwardTo: 'cem' } }] });
      await call(ben, 'ana');
      await (await isRung(cem, 'Ben')).getByText('via Ana').waitFor();
      await isNotRung(ana);
      await accept(cem, 'Ben');
      await Promise.all([cem.hears(BEN), ben.hears(CEM)]);
      await ben.press('Hang up');
      await isToldOfEnd(cem, 'The call has ended');
      await Promise.all([isDone(cem), people.plan('ana', {})]);
    });

    it('take a second call, and bring both callers together', async () => {
      await call(cem, 'ana');
      await accept(ana, 'Cem');
      await ana.hears(CEM);
      await call(ben, 'ana');
      await isRung(ana, 'Ben');
      // The call before can still be talked in.
      await ana.press('Mute');
      await ana.press('Unmute');
      await ana.press('Hold and accept');
      await sees(cem, 'Ana will be back');
      await Promise.all([ana.hears(BEN), ben.hears(ANA), ana.hearsNothingOf(CEM)]);

      await ana.press('Transfer…');
      await ana.press('Connect Ben with Cem');
      await isToldOfEnd(ana, 'You passed the call on');
      await Promise.all([ben.hears(CEM), cem.hears(BEN)]);
      await Promise.all([ben, cem].map((visitor) => visitor.isWith(['Ben', 'Cem'])));
      await ben.press('Hang up');
      await isToldOfEnd(cem, 'The call has ended');
      await Promise.all([ana, ben, cem].map(isDone));
    });

    it('ask somebody first, and go to and fro between the two', async () => {
      await call(ben, 'ana');
      await accept(ana, 'Ben');
      await ana.hears(BEN);
      await ana.press('Transfer…');
      await choose(ana, 'Pass Ben on', 'Cem', 'Talk to them first');
      await accept(cem, 'Ana');
      await sees(ben, 'Ana will be back');
      await Promise.all([ana.hears(CEM), cem.hears(ANA), ben.hearsNothingOf(ANA)]);
      await ana.press('Switch to Ben');
      await sees(cem, 'Ana will be back');
      await Promise.all([ana.hears(BEN), ben.hears(ANA), cem.hearsNothingOf(ANA)]);
      await cem.press('Hang up');
      await ana.press('Hang up');
      await Promise.all([ana, ben, cem].map((who) => isToldOfEnd(who, 'The call has ended')));
      await Promise.all([ana, ben, cem].map(isDone));
    });

    it('are called out of a conference, and come back to its door', async () => {
      await ana.enter('standup');
      await call(ben, 'ana');
      const dialog = await isRung(ana, 'Ben');
      await dialog.getByText('If you accept, you leave the room standup.').waitFor();
      await ana.press('Mute');
      await ana.button('Unmute').waitFor();
      await ana.press('Unmute');
      await accept(ana, 'Ben');
      await Promise.all([ana.isWith(['Ana', 'Ben']), ben.hears(ANA)]);
      await ana.press('Hang up');
      await isToldOfEnd(ben, 'The call has ended');
      await isDone(ana);
      await ana.button('Join').waitFor();
    });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PeopleWorld } from '../../test/support/PeopleWorld.ts';
import { waitFor } from '../../test/support/waitFor.ts';
import type { Account } from './Account.ts';
import type { SignIns } from './SignIns.ts';

const DAY_MS = 24 * 3_600_000;

let world: PeopleWorld;
let signIns: SignIns;
let ana: Account;
let ended: string[];
beforeEach(async () => {
  world = await PeopleWorld.create();
  ({ signIns } = world.people);
  ana = await world.person('ana');
  ended = [];
  signIns.on('ended', ({ id }) => ended.push(id));
});
afterEach(() => world.close());

describe('a sign-in', () => {
  it('is of who holds the secret, which is kept nowhere', async () => {
    const { signIn, secret } = await signIns.start(ana, 'Firefox on Linux');
    expect(await signIns.whose(secret)).toEqual({ account: ana, signIn });
    expect(await signIns.whose(signIn.secretHash)).toBeUndefined();
    expect(await signIns.whose('')).toBeUndefined();
    expect(JSON.stringify(await signIns.of(ana.id))).not.toContain(secret);
  });

  it('notes that it is used, but not each time', async () => {
    const { secret } = await signIns.start(ana, 'Firefox');
    const seenAt = async () => (await signIns.of(ana.id))[0]!.lastSeenAt;
    const first = world.clock.now();
    world.clock.advance(59_000);
    await signIns.whose(secret);
    expect(await seenAt()).toBe(first);
    world.clock.advance(1_000);
    await signIns.whose(secret);
    expect(await seenAt()).toBe(first + 60_000);
  });

  it('runs out after thirty days, and whatever it let in hears of it', async () => {
    const { signIn, secret } = await signIns.start(ana, 'Firefox');
    world.clock.advance(30 * DAY_MS - 1);
    expect(await signIns.whose(secret)).toBeDefined();
    world.clock.advance(1);
    expect(await signIns.whose(secret)).toBeUndefined();
    expect(await signIns.of(ana.id)).toEqual([]);
    world.clock.advance(60_000);
    await waitFor(
      'it is told',
      () => ended,
      (all) => all.includes(signIn.id),
      { everyMs: 1 },
    );
  });

  it('is ended by who it belongs to, and nobody else', async () => {
    const bob = await world.person('bob');
    const [first, second] = [await signIns.start(ana, 'A'), await signIns.start(ana, 'B')];
    const missing = { code: 'not_found' };
    await expect(signIns.end(bob.id, first.signIn.id)).rejects.toMatchObject(missing);
    await signIns.end(ana.id, first.signIn.id);
    await expect(signIns.end(ana.id, first.signIn.id)).rejects.toMatchObject(missing);
    const third = await signIns.start(ana, 'C');
    await signIns.endAll(ana.id, third.signIn.id);
    expect(ended).toEqual([first.signIn.id, second.signIn.id]);
    expect((await signIns.of(ana.id)).map(({ device }) => device)).toEqual(['C']);
  });

  it('makes place for the fifty-first where they were not for longest', async () => {
    const first = await signIns.start(ana, 'first');
    const second = await signIns.start(ana, 'second');
    for (let n = 2; n < 50; n += 1) await signIns.start(ana, `${n}`);
    world.clock.advance(60_000);
    await signIns.whose(first.secret);
    await signIns.start(ana, 'one more');
    expect(ended).toEqual([second.signIn.id]);
    expect(await signIns.of(ana.id)).toHaveLength(50);
  });

  it('does not begin with a password that is another one by now, nor for nobody', async () => {
    await world.people.accounts.update(ana.id, { password: 'another long one' });
    const tooLate = { code: 'unauthorized' };
    await expect(signIns.start(ana, 'Firefox')).rejects.toMatchObject(tooLate);
    const bob = await world.person('bob');
    await world.people.accounts.remove(bob.id);
    await expect(signIns.start(bob, 'Firefox')).rejects.toMatchObject(tooLate);
    expect(await signIns.of(ana.id)).toEqual([]);
  });

  it('goes with the account', async () => {
    const { secret } = await signIns.start(ana, 'Firefox');
    await world.people.accounts.remove(ana.id);
    expect(await signIns.whose(secret)).toBeUndefined();
  });
});

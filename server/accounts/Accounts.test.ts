import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PeopleWorld } from '../../test/support/PeopleWorld.ts';
import type { Accounts } from './Accounts.ts';

const PASSWORD = 'correct horse battery';

let world: PeopleWorld;
let accounts: Accounts;
beforeEach(async () => {
  world = await PeopleWorld.create();
  ({ accounts } = world.people);
});
afterEach(() => world.close());

describe('accounts', () => {
  it('are found by their name in any spelling, and have it once', async () => {
    const ana = await accounts.create({ name: 'Ana', password: PASSWORD });
    expect(ana).toMatchObject({ name: 'ana', displayName: 'Ana', role: 'member' });
    expect(await accounts.findByName('ANA')).toEqual(ana);
    for (const name of ['ana', 'ANA', 'me', 'Me']) {
      await expect(accounts.create({ name })).rejects.toMatchObject({ code: 'wrong_state' });
    }
    const tries = Array.from({ length: 20 }, () => accounts.create({ name: 'bob' }));
    const made = (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled');
    expect(made).toHaveLength(1);
  });

  it('are somebody’s who knows the password', async () => {
    const ana = await accounts.create({ name: 'ana', password: PASSWORD });
    await accounts.create({ name: 'without' });
    expect(await accounts.whose('Ana', PASSWORD)).toEqual(ana);
    for (const [name, password] of [
      ['ana', 'another long one'],
      ['nobody', PASSWORD],
      ['without', PASSWORD],
    ] as const) {
      expect(await accounts.whose(name, password)).toBeUndefined();
    }
  });

  it('change in part, and say so', async () => {
    const { id } = await accounts.create({ name: 'ana', password: PASSWORD });
    const told: string[] = [];
    accounts.on('changed', () => told.push('changed'));
    accounts.on('passwordChanged', () => told.push('password'));
    const changed = await accounts.update(id, { settings: { ringSeconds: 60 } });
    expect(changed.settings).toMatchObject({ ringSeconds: 60, timeZone: 'Europe/Berlin' });
    await accounts.update(id, { password: 'another long one' });
    expect(told).toEqual(['changed', 'changed', 'password']);
    expect(await accounts.whose('ana', 'another long one')).toMatchObject({ id });
    await expect(accounts.update(id, { settings: { timeZone: 'Mars' } })).rejects.toMatchObject({
      code: 'bad_request',
      fields: [{ pointer: '/settings/timeZone' }],
    });
  });

  it('always have an administrator among them, even when two go at once', async () => {
    const [one, two] = [await world.person('one', 'admin'), await world.person('two', 'admin')];
    const going = [accounts.remove(one.id), accounts.update(two.id, { role: 'member' })];
    const outcomes = (await Promise.allSettled(going)).map(({ status }) => status);
    expect(outcomes.toSorted()).toEqual(['fulfilled', 'rejected']);
    const left = await accounts.all();
    expect(left.filter(({ role }) => role === 'admin')).toHaveLength(1);
  });

  it('are gone when they are removed', async () => {
    const ana = await world.person('ana');
    await accounts.remove(ana.id);
    const missing = { code: 'not_found' };
    await expect(accounts.remove(ana.id)).rejects.toMatchObject(missing);
    await expect(accounts.update(ana.id, {})).rejects.toMatchObject(missing);
    expect(await accounts.findByName('ana')).toBeUndefined();
  });
});

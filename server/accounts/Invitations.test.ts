import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PeopleWorld } from '../../test/support/PeopleWorld.ts';
import type { Invitations } from './Invitations.ts';

const PASSWORD = 'correct horse battery';

let world: PeopleWorld;
let invitations: Invitations;
beforeEach(async () => {
  world = await PeopleWorld.create();
  ({ invitations } = world.people);
});
afterEach(() => world.close());

const person = (userName: string) => ({ userName, password: PASSWORD });
const missing = { code: 'not_found' };

describe('an invitation', () => {
  it('makes an account of the role it says, once', async () => {
    const { invitation, secret } = await invitations.create({ role: 'admin' });
    expect(await invitations.open(secret)).toEqual(invitation);
    const account = await invitations.accept(secret, person('Ana'));
    expect(account).toMatchObject({ name: 'ana', displayName: 'Ana', role: 'admin' });
    await expect(invitations.accept(secret, person('bob'))).rejects.toMatchObject(missing);
    await expect(invitations.open(secret)).rejects.toMatchObject(missing);
  });

  it('is listed without what opens it, until it runs out or is taken back', async () => {
    const short = await invitations.create({ expiresInSeconds: 60 });
    const { invitation } = await invitations.create({ userName: 'Ana' });
    expect(invitation.userName).toBe('ana');
    expect(JSON.stringify(await invitations.list())).not.toContain(short.secret);
    expect(await invitations.list()).toEqual([short.invitation, invitation]);
    world.clock.advance(60_000);
    expect(await invitations.list()).toEqual([invitation]);
    await expect(invitations.open(short.secret)).rejects.toMatchObject(missing);
    await invitations.revoke(invitation.id);
    await expect(invitations.revoke(invitation.id)).rejects.toMatchObject(missing);
    expect(await invitations.list()).toEqual([]);
  });

  it('stays good when the name is taken, or not the one that was invited', async () => {
    await world.person('bob');
    const { secret } = await invitations.create({});
    const named = await invitations.create({ userName: 'ana' });
    const taken = { code: 'wrong_state' };
    await expect(invitations.accept(secret, person('BOB'))).rejects.toMatchObject(taken);
    await expect(invitations.create({ userName: 'Bob' })).rejects.toMatchObject(taken);
    await expect(invitations.accept(named.secret, person('cara'))).rejects.toMatchObject({
      code: 'bad_request',
      fields: [{ pointer: '/userName' }],
    });
    await invitations.accept(secret, person('cara'));
    await invitations.accept(named.secret, person('ANA'));
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpOnly, TOKEN_SECRET, type HttpOnly } from '../../test/support/httpOnly.ts';
import { StandIn } from '../../test/support/StandIn.ts';
import { readJoinToken, type Bearer } from '../accounts/tokens.ts';
import type { Account } from '../accounts/Account.ts';
import type { CallAdmission } from '../protocol/calls.ts';
import type { Room } from '../rooms/Room.ts';

let edge: HttpOnly;
let people = 0;

beforeAll(async () => {
  edge = await httpOnly();
});
afterAll(() => edge.app.close());

/** Somebody with a page. */
const somebody = async (): Promise<Account> => {
  const account = await edge.people.accounts.create({ name: `person-${(people += 1)}` });
  edge.calls.registrar.add({
    userId: account.id,
    signInId: 'signin_none',
    active: true,
    notify: () => undefined,
    close: () => undefined,
  });
  return account;
};
const bearerOf = ({ token }: CallAdmission): Promise<Bearer> =>
  readJoinToken(token, TOKEN_SECRET, edge.clock.now());
const enter = (room: Room, { identity }: Bearer): StandIn => {
  const member = new StandIn('Ann', { identity });
  room.join(member);
  return member;
};
/** Two who talk. */
const talk = async (caller: Account, callee: Account) => {
  const { service } = edge.calls;
  const who = { account: caller, displayName: caller.displayName };
  const { call, admission } = await service.place(who, callee.name, false);
  const answered = await service.answer(callee.id, call.id);
  const [callerLeg, calleeLeg] = [await bearerOf(admission!), await bearerOf(answered.admission)];
  const room = edge.rooms.find(call.roomId)!;
  return {
    id: call.id,
    room,
    legs: { caller: callerLeg, callee: calleeLeg },
    members: { caller: enter(room, callerLeg), callee: enter(room, calleeLeg) },
  };
};

describe('the room of a call', () => {
  it('takes back who goes on elsewhere, and has them once', async () => {
    const { room, legs, members } = await talk(await somebody(), await somebody());
    const again = enter(room, legs.caller);
    expect([members.caller.closedFor, again.closedFor]).toEqual(['replaced', undefined]);
    expect(room.participantCount).toBe(2);
  });

  it('sends away who was on the way in when the call was over for them', async () => {
    const [ana, bob, cara] = [await somebody(), await somebody(), await somebody()];
    const { id, room, legs, members } = await talk(ana, bob);
    await edge.calls.service.transfer(ana.id, id, cara.name);
    expect(members.caller.closedFor).toBe('left');
    expect(enter(room, legs.caller).closedFor).toBe('expired');
    expect(room.membersOf(legs.callee.identity)).toEqual([members.callee]);
    expect(edge.calls.service.accepts(legs.caller)).toBe(false);
    expect(edge.calls.service.accepts(legs.callee)).toBe(true);
  });

  it('has whoever loads the page anew back for a while', async () => {
    const { room, legs, members } = await talk(await somebody(), await somebody());
    room.leave(members.callee, 'left');
    edge.clock.advance(3_000);
    expect(enter(room, legs.callee).closedFor).toBeUndefined();
    edge.clock.advance(3_000);
    expect(room.ended).toBe(false);
  });

  it('belongs to somebody who is in it', async () => {
    const [ana, bob, cara] = [await somebody(), await somebody(), await somebody()];
    const { id, room } = await talk(ana, bob);
    expect(room.ownerId).toBe(ana.id);
    await edge.calls.service.transfer(ana.id, id, cara.name);
    expect(room.ownerId).toBe(bob.id);
    const { call } = await edge.calls.service.place(
      { account: undefined, displayName: 'Greta' },
      ana.name,
      false,
    );
    const guests = edge.rooms.find(call.roomId)!;
    expect(guests.ownerId).toBeNull();
    await edge.calls.service.answer(ana.id, call.id);
    expect(guests.ownerId).toBe(ana.id);
  });

  it('takes no other token, and its own opens no other', async () => {
    const { room, legs } = await talk(await somebody(), await somebody());
    const accepts = (bearer: Bearer): boolean => edge.calls.service.accepts(bearer);
    const other = edge.rooms.create({}).room;
    expect(accepts(legs.caller)).toBe(true);
    expect(accepts({ ...legs.caller, isLeg: false })).toBe(false);
    expect(accepts({ ...legs.caller, identity: 'spy' })).toBe(false);
    expect(accepts({ ...legs.caller, room: other.id })).toBe(false);
    expect(accepts({ ...legs.caller, room: other.id, isLeg: false })).toBe(true);
    expect(accepts({ ...legs.caller, room: room.name })).toBe(true);
  });
});

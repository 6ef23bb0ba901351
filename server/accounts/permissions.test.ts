import { describe, expect, it } from 'vitest';
import { SCOPES } from '../protocol/rest.ts';
import {
  accountOwnerGrants,
  ACTIONS,
  adminGrants,
  can,
  canEverywhere,
  grantsOf,
  grantsOfRole,
  grantsOfScopes,
  guestGrants,
  mayRecord,
  moderatorGrants,
  noGrants,
  ownerGrants,
  roleOf,
  visitorGrants,
  type Action,
} from './permissions.ts';

/** Written out, not derived: `x` may, `-` may not. */
const COLUMNS = {
  visitor: visitorGrants('open'),
  guest: guestGrants,
  moderator: moderatorGrants,
  owner: ownerGrants,
  admin: adminGrants,
  member: grantsOfRole('member'),
  self: accountOwnerGrants,
};
const MATRIX: Record<Action, string> = {
  //                visitor guest moderator owner admin member self
  join: '             -      x      x        x     x      -     -',
  joinLocked: '       -      -      x        x     x      -     -',
  publish: '          -      x      x        x     x      -     -',
  subscribe: '        -      x      x        x     x      -     -',
  record: '           -      -      x        x     x      -     -',
  readRecordings: '   -      -      x        x     x      -     -',
  editRecordings: '   -      -      x        x     x      -     -',
  shareRecordings: '  -      -      x        x     x      -     -',
  deleteRecordings: ' -      -      -        x     x      -     -',
  updateRoom: '       -      -      x        x     x      -     -',
  listParticipants: ' -      -      x        x     x      -     -',
  removeParticipant: '-      -      x        x     x      -     -',
  createToken: '      -      -      -        x     x      -     -',
  endRoom: '          -      -      -        x     x      -     -',
  createRoom: '       x      -      -        -     x      x     -',
  listRooms: '        -      -      -        -     x      -     -',
  manageKeys: '       -      -      -        -     x      -     -',
  manageWebhooks: '       -      -      -        -     x      -     -',
  readStorage: '      -      -      -        -     x      -     -',
  listPeople: '        -     -      -        -     x     x     -',
  listUsers: '         -     -      -        -     x     -     -',
  createUser: '        -     -      -        -     x     -     -',
  manageAdmins: '      -     -      -        -     x     -     -',
  invite: '            -     -      -        -     x     -     -',
  readUser: '          -     -      -        -     -     -     x',
  updateUser: '        -     -      -        -     -     -     x',
  removeUser: '        -     -      -        -     -     -     x',
  readSignIns: '       -     -      -        -     -     -     x',
  endSignIn: '         -     -      -        -     -     -     x',
  readCallPlan: '      -     -      -        -     -     -     x',
  editCallPlan: '      -     -      -        -     -     -     x',
  readCalls: '         -     -      -        -     -     -     x',
  editCalls: '         -     -      -        -     -     -     x',
  readVoicemail: '         -     -      -        -     -     -     x',
  editVoicemail: '         -     -      -        -     -     -     x',
  readPush: '          -     -      -        -     -     -     x',
  readMailbox: '       -     -      -        -     -     -     x',
  limitMailbox: '      -     -      -        -     x     -     -',
  readMailboxMembers: '-     -      -        -     -     -     x',
  editMailboxMembers: '-     -      -        -     -     -     x',
  editPush: '          -     -      -        -     -     -     x',
};

/** Of API keys, in every room. */
const SCOPE_MATRIX: Record<Action, string> = {
  //                 rooms:read rooms:write recordings:read recordings:write people:read people:write webhooks:write
  join: '              -          -           -               -               -           -           -',
  joinLocked:
    '        -          x           -               -               -           -           -',
  publish:
    '           -          -           -               -               -           -           -',
  subscribe:
    '         -          -           -               -               -           -           -',
  record:
    '            -          -           -               x               -           -           -',
  readRecordings:
    '    -          -           x               -               -           -           -',
  editRecordings:
    '    -          -           -               x               -           -           -',
  shareRecordings:
    '   -          -           -               -               -           -           -',
  deleteRecordings:
    '  -          -           -               x               -           -           -',
  updateRoom:
    '        -          x           -               -               -           -           -',
  listParticipants:
    '  x          -           -               -               -           -           -',
  removeParticipant:
    ' -          x           -               -               -           -           -',
  createToken:
    '       -          x           -               -               -           -           -',
  endRoom:
    '           -          x           -               -               -           -           -',
  createRoom:
    '        -          x           -               -               -           -           -',
  listRooms:
    '         x          -           -               -               -           -           -',
  manageKeys:
    '        -          -           -               -               -           -           -',
  manageWebhooks:
    '        -          -           -               -               -           -           x',
  readStorage:
    '       -          -           x               -               -           -           -',
  listPeople:
    '         -          -           -               -               x           -           -',
  listUsers:
    '          -          -           -               -               x           -           -',
  createUser:
    '         -          -           -               -               -           x           -',
  manageAdmins:
    '       -          -           -               -               -           -           -',
  invite:
    '             -          -           -               -               -           x           -',
  readUser:
    '           -          -           -               -               x           -           -',
  updateUser:
    '         -          -           -               -               -           x           -',
  removeUser:
    '         -          -           -               -               -           x           -',
  readSignIns:
    '        -          -           -               -               -           x           -',
  endSignIn:
    '          -          -           -               -               -           x           -',
  readCallPlan:
    '       -          -           -               -               x           -           -',
  editCallPlan:
    '       -          -           -               -               -           x           -',
  readCalls:
    '          -          -           -               -               x           -           -',
  editCalls:
    '          -          -           -               -               -           x           -',
  readPush:
    '           -          -           -               -               -           x           -',
  readMailbox:
    '        -          -           -               -               x           -           -',
  limitMailbox:
    '       -          -           -               -               -           x           -',
  readMailboxMembers:
    ' -          -           -               -               x           -           -',
  editMailboxMembers:
    ' -          -           -               -               -           x           -',
  editPush:
    '           -          -           -               -               -           x           -',
  readVoicemail:
    '      -          -           -               -               -           -           -',
  editVoicemail:
    '      -          -           -               -               -           -           -',
};

const may = (video: Parameters<typeof grantsOf>[0]) =>
  ACTIONS.filter((action) => can(grantsOf(video), action));

describe('permissions', () => {
  it.each(ACTIONS)('%s', (action) => {
    const expected = MATRIX[action].trim().split(/\s+/);
    const actual = Object.values(COLUMNS).map((grants) => (can(grants, action) ? 'x' : '-'));
    expect(actual).toEqual(expected);
  });

  it.each(ACTIONS)('%s, by scope', (action) => {
    const expected = SCOPE_MATRIX[action].trim().split(/\s+/);
    const actual = SCOPES.map((scope) => canEverywhere(grantsOfScopes([scope]), action));
    expect(actual.map((allowed) => (allowed ? 'x' : '-'))).toEqual(expected);
    expect(canEverywhere(adminGrants, action)).toBe(true);
  });

  it('adds up scopes', () => {
    const grants = grantsOfScopes(['recordings:read', 'recordings:write']);
    expect(canEverywhere(grants, 'shareRecordings')).toBe(true);
    expect(canEverywhere(grants, 'updateRoom')).toBe(false);
  });

  it('lets rooms say that everybody in them records', () => {
    expect(mayRecord(guestGrants, 'moderators')).toBe(false);
    expect(mayRecord(guestGrants, 'everybody')).toBe(true);
    expect(mayRecord(noGrants, 'everybody')).toBe(false);
    expect(mayRecord(moderatorGrants, 'moderators')).toBe(true);
  });

  it('lets visitors start rooms only where rooms are open', () => {
    expect(can(visitorGrants('members'), 'createRoom')).toBe(false);
  });

  it('gives nothing for nothing', () => {
    expect(ACTIONS.filter((action) => can(noGrants, action))).toEqual([]);
  });

  it('reads tokens as LiveKit does', () => {
    expect(may({})).toEqual(['publish', 'subscribe']);
    expect(may({ roomJoin: true })).toEqual(['join', 'publish', 'subscribe']);
    expect(may({ roomJoin: true, canPublish: false })).toEqual(['join', 'subscribe']);
    expect(may({ roomJoin: true, canSubscribe: false })).toEqual(['join', 'publish']);
    expect(may({ roomRecord: true, canPublish: false, canSubscribe: false })).toEqual([
      'record',
      'readRecordings',
    ]);
    expect(may({ roomAdmin: true, canPublish: false, canSubscribe: false })).toEqual([
      'joinLocked',
      'updateRoom',
      'listParticipants',
      'removeParticipant',
    ]);
  });

  it('makes nobody owner by token', () => {
    const forged = { roomJoin: true, roomAdmin: true, roomOwner: true, roomCreate: true };
    expect(roleOf(grantsOf(forged))).toBe('moderator');
    expect(can(grantsOf(forged), 'createRoom')).toBe(false);
    expect(roleOf(ownerGrants)).toBe('owner');
    expect(roleOf(guestGrants)).toBe('guest');
  });
});

import type { Role } from '../protocol/signaling.ts';
import type { UserRole } from '../protocol/people.ts';
import type { Scope, VideoGrant } from '../protocol/rest.ts';

/** LiveKit's grants, and some that no token can carry. */
export interface Grants {
  readonly roomJoin: boolean;
  readonly canPublish: boolean;
  readonly canSubscribe: boolean;
  /** Records the room, and has what was recorded in it. */
  readonly roomRecord: boolean;
  /** Moderates the room. */
  readonly roomAdmin: boolean;
  /** Comes from the owner secret. */
  readonly roomOwner: boolean;
  /** Starts rooms. */
  readonly roomCreate: boolean;
  /** Sees rooms that are not listed. */
  readonly roomList: boolean;
  /** Sees who is in a room without being there. */
  readonly participantList: boolean;
  /** Has the recordings of all rooms. */
  readonly recordingList: boolean;
  /** Makes, changes and deletes recordings of all rooms. */
  readonly recordingManage: boolean;
  readonly keyManage: boolean;
  /** Says who is told of all that happens here. */
  readonly webhookManage: boolean;
  readonly storageRead: boolean;
  /** Is the person whose things these are. */
  readonly accountOwner: boolean;
  /** Sees who there is. */
  readonly peopleList: boolean;
  /** Reads everything about everybody. */
  readonly peopleRead: boolean;
  /** Makes, changes and removes people, but no administrators. */
  readonly peopleManage: boolean;
  /** Makes, changes and removes administrators, who can do everything. */
  readonly adminManage: boolean;
  /** Reads the calls of everybody. */
  readonly callRead: boolean;
  /** Has the messages of everybody. */
  readonly voicemailRead: boolean;
  readonly voicemailManage: boolean;
}

type Needs = readonly (keyof Grants)[];

/** Who may do what: the grants that each action needs, all of them. */
const NEEDS = {
  join: ['roomJoin'],
  joinLocked: ['roomAdmin'],
  publish: ['canPublish'],
  subscribe: ['canSubscribe'],
  record: ['roomRecord'],
  readRecordings: ['roomRecord'],
  editRecordings: ['roomRecord', 'roomAdmin'],
  /** Whoever makes a link can follow it. */
  shareRecordings: ['roomRecord', 'roomAdmin'],
  deleteRecordings: ['roomRecord', 'roomOwner'],
  updateRoom: ['roomAdmin'],
  listParticipants: ['participantList'],
  removeParticipant: ['roomAdmin'],
  /** Not for moderators: one whose token runs out could go on by making another. */
  createToken: ['roomOwner'],
  endRoom: ['roomOwner'],
  createRoom: ['roomCreate'],
  listRooms: ['roomList'],
  manageKeys: ['keyManage'],
  manageWebhooks: ['webhookManage'],
  readStorage: ['storageRead'],
  listPeople: ['peopleList'],
  listUsers: ['peopleRead'],
  createUser: ['peopleManage'],
  /** And whatever else gives somebody the rights of an administrator. */
  manageAdmins: ['adminManage'],
  invite: ['peopleManage'],
  readUser: ['accountOwner'],
  updateUser: ['accountOwner'],
  removeUser: ['accountOwner'],
  readSignIns: ['accountOwner'],
  endSignIn: ['accountOwner'],
  readCallPlan: ['accountOwner'],
  editCallPlan: ['accountOwner'],
  readCalls: ['accountOwner'],
  editCalls: ['accountOwner'],
  readVoicemail: ['accountOwner'],
  editVoicemail: ['accountOwner'],
  readMailbox: ['accountOwner'],
  /** How much it holds. */
  limitMailbox: ['peopleManage'],
  readMailboxMembers: ['accountOwner'],
  editMailboxMembers: ['accountOwner'],
  readPush: ['accountOwner'],
  editPush: ['accountOwner'],
} as const satisfies Record<string, Needs>;

export type Action = keyof typeof NEEDS;

export const ACTIONS = Object.keys(NEEDS) as Action[];

/** What else serves whoever is not bound to one room or person: keys, administrators. */
const NEEDS_EVERYWHERE: Partial<Record<Action, Needs>> = {
  record: ['recordingManage'],
  readRecordings: ['recordingList'],
  editRecordings: ['recordingManage'],
  shareRecordings: ['recordingManage', 'recordingList'],
  deleteRecordings: ['recordingManage'],
  readUser: ['peopleRead'],
  updateUser: ['peopleManage'],
  removeUser: ['peopleManage'],
  readSignIns: ['peopleManage'],
  endSignIn: ['peopleManage'],
  readCallPlan: ['peopleRead'],
  editCallPlan: ['peopleManage'],
  readCalls: ['callRead'],
  editCalls: ['peopleManage'],
  readVoicemail: ['voicemailRead'],
  editVoicemail: ['voicemailManage'],
  readMailbox: ['peopleRead'],
  limitMailbox: ['peopleManage'],
  readMailboxMembers: ['peopleRead'],
  editMailboxMembers: ['peopleManage'],
  readPush: ['peopleManage'],
  editPush: ['peopleManage'],
};

/** Does it change what is somebody else's? */
export const managesPeople = (action: Action): boolean =>
  NEEDS_EVERYWHERE[action]?.includes('peopleManage') ?? false;

const hasAll = (grants: Grants, needs: Needs): boolean => needs.every((grant) => grants[grant]);

/** In a room for which the grants were given, or outside of any. */
export const can = (grants: Grants, action: Action): boolean => hasAll(grants, NEEDS[action]);

/** In every room. */
export const canEverywhere = (grants: Grants, action: Action): boolean =>
  hasAll(grants, NEEDS_EVERYWHERE[action] ?? NEEDS[action]);

/** A room may let everybody who is in it record. */
export const mayRecord = (grants: Grants, allowed: 'moderators' | 'everybody'): boolean =>
  can(grants, 'record') || (allowed === 'everybody' && can(grants, 'join'));

export const noGrants: Grants = Object.freeze({
  roomJoin: false,
  canPublish: false,
  canSubscribe: false,
  roomRecord: false,
  roomAdmin: false,
  roomOwner: false,
  roomCreate: false,
  roomList: false,
  participantList: false,
  recordingList: false,
  recordingManage: false,
  keyManage: false,
  webhookManage: false,
  storageRead: false,
  accountOwner: false,
  peopleList: false,
  peopleRead: false,
  peopleManage: false,
  adminManage: false,
  callRead: false,
  voicemailRead: false,
  voicemailManage: false,
});

/** Whoever comes by the URL alone. */
export const guestGrants: Grants = Object.freeze({
  ...noGrants,
  roomJoin: true,
  canPublish: true,
  canSubscribe: true,
});

export const moderatorGrants: Grants = Object.freeze({
  ...guestGrants,
  roomRecord: true,
  roomAdmin: true,
  participantList: true,
});

/** Whoever holds the room's owner secret. */
export const ownerGrants: Grants = Object.freeze({ ...moderatorGrants, roomOwner: true });

/** Whoever holds the admin key: everything, in every room. */
export const adminGrants: Grants = Object.freeze({
  ...ownerGrants,
  roomCreate: true,
  roomList: true,
  recordingList: true,
  recordingManage: true,
  keyManage: true,
  webhookManage: true,
  storageRead: true,
  peopleList: true,
  peopleRead: true,
  peopleManage: true,
  adminManage: true,
  callRead: true,
  voicemailRead: true,
  voicemailManage: true,
});

/** Somebody who is signed in, in what is their own. */
export const accountOwnerGrants: Grants = Object.freeze({ ...noGrants, accountOwner: true });

/** Administrators, signed in: what others were told is not theirs to hear. */
const administratorGrants: Grants = Object.freeze({
  ...adminGrants,
  voicemailRead: false,
  voicemailManage: false,
});

/** Somebody who is signed in, everywhere. */
export const grantsOfRole = (role: UserRole): Grants =>
  role === 'admin' ? administratorGrants : memberGrants;

const memberGrants: Grants = Object.freeze({ ...noGrants, roomCreate: true, peopleList: true });

/** Nobody in particular: with open rooms anybody may start one. */
export const visitorGrants = (rooms: 'open' | 'members'): Grants =>
  Object.freeze({ ...noGrants, roomCreate: rooms === 'open' });

/** LiveKit's rule: what a token does not say is allowed for media and refused for the rest. */
export const grantsOf = (video: VideoGrant): Grants =>
  Object.freeze({
    ...noGrants,
    roomJoin: video.roomJoin ?? false,
    canPublish: video.canPublish ?? true,
    canSubscribe: video.canSubscribe ?? true,
    roomRecord: video.roomRecord ?? false,
    roomAdmin: video.roomAdmin ?? false,
    participantList: video.roomAdmin ?? false,
  });

/** What each scope of an API key is good for, in every room. */
const SCOPE_GRANTS: Readonly<Record<Scope, Partial<Grants>>> = {
  'rooms:read': { roomList: true, participantList: true },
  'rooms:write': { roomCreate: true, roomAdmin: true, roomOwner: true },
  'recordings:read': { recordingList: true, storageRead: true },
  'recordings:write': { recordingManage: true },
  'people:read': { peopleList: true, peopleRead: true, callRead: true },
  'people:write': { peopleManage: true },
  'webhooks:write': { webhookManage: true },
};

export const grantsOfScopes = (scopes: readonly Scope[]): Grants => {
  const grants = { ...noGrants };
  for (const scope of scopes) Object.assign(grants, SCOPE_GRANTS[scope]);
  return Object.freeze(grants);
};

export const roleOf = (grants: Grants): Role => {
  if (grants.roomOwner) return 'owner';
  return grants.roomAdmin ? 'moderator' : 'guest';
};

import type { Role } from '../protocol/signaling.ts';
import type { VideoGrant } from '../protocol/rest.ts';

/** LiveKit's grants, and one that no token can carry: `roomOwner` comes from the owner secret. */
export interface Grants {
  readonly roomJoin: boolean;
  readonly canPublish: boolean;
  readonly canSubscribe: boolean;
  readonly roomRecord: boolean;
  /** Moderates the room. */
  readonly roomAdmin: boolean;
  readonly roomOwner: boolean;
  /** Starts rooms. */
  readonly roomCreate: boolean;
  /** Sees rooms that are not listed. */
  readonly roomList: boolean;
}

/** Who may do what: the grant that each action needs. */
const NEEDS = {
  join: 'roomJoin',
  joinLocked: 'roomAdmin',
  publish: 'canPublish',
  subscribe: 'canSubscribe',
  record: 'roomRecord',
  updateRoom: 'roomAdmin',
  listParticipants: 'roomAdmin',
  removeParticipant: 'roomAdmin',
  /** Not for moderators: one whose token runs out could go on by making another. */
  createToken: 'roomOwner',
  endRoom: 'roomOwner',
  createRoom: 'roomCreate',
  listRooms: 'roomList',
} as const satisfies Record<string, keyof Grants>;

export type Action = keyof typeof NEEDS;

export const ACTIONS = Object.keys(NEEDS) as Action[];

export const can = (grants: Grants, action: Action): boolean => grants[NEEDS[action]];

export const noGrants: Grants = Object.freeze({
  roomJoin: false,
  canPublish: false,
  canSubscribe: false,
  roomRecord: false,
  roomAdmin: false,
  roomOwner: false,
  roomCreate: false,
  roomList: false,
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
});

/** Whoever holds the room's owner secret. */
export const ownerGrants: Grants = Object.freeze({ ...moderatorGrants, roomOwner: true });

/** Whoever holds the admin key: everything, in every room. */
export const adminGrants: Grants = Object.freeze({
  ...ownerGrants,
  roomCreate: true,
  roomList: true,
});

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
  });

export const roleOf = (grants: Grants): Role => {
  if (grants.roomOwner) return 'owner';
  return grants.roomAdmin ? 'moderator' : 'guest';
};

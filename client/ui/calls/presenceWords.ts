import type { Presence } from '../../../server/protocol/people.ts';

export const PRESENCE_WORDS = {
  online: 'Available',
  away: 'Away',
  doNotDisturb: 'Do not disturb',
  inCall: 'In a call',
  offline: 'Offline',
} as const satisfies Record<Presence, string>;

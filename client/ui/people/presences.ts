import { signal } from '@preact/signals';
import type { Person, Presence } from '../../../server/protocol/people.ts';

const known = signal<ReadonlyMap<string, Presence | null>>(new Map());

/** What was heard of people last, from whatever side. */
export const notePeople = (people: readonly Person[]): void => {
  const now = new Map(known.peek());
  for (const { name, presence } of people) now.set(name, presence);
  known.value = now;
};

/** Null: not known, or not to be seen. */
export const presenceOf = (name: string): Presence | null => known.value.get(name) ?? null;

export const PRESENCE_WORDS = {
  online: 'Available',
  away: 'Away',
  doNotDisturb: 'Do not disturb',
  inCall: 'In a call',
  offline: 'Offline',
} as const satisfies Record<Presence, string>;

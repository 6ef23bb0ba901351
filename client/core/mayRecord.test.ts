import { describe, expect, it } from 'vitest';
import type { RecordingSettings } from '../../server/protocol/recordings.ts';
import type { Role, Snapshot } from '../../server/protocol/signaling.ts';
import { hasOwnGrant, mayRecord } from './mayRecord.ts';

type Allowed = RecordingSettings['allowed'];

const who = (role: Role, canRecord: boolean, allowed: Allowed) =>
  ({ self: { role, canRecord }, room: { recording: { allowed } } }) as unknown as Snapshot;
const room = (allowed: Allowed) => who('guest', false, allowed).room;

describe('the right to record', () => {
  it.each([
    ['owner', true, 'moderators', true],
    ['moderator', true, 'everybody', true],
    // A token's grant.
    ['guest', true, 'moderators', true],
    // Everybody has it: a guest does not keep it.
    ['guest', true, 'everybody', false],
    ['guest', false, 'moderators', false],
  ] as const)('of a %s (%s) where %s may is theirs: %s', (role, canRecord, allowed, own) => {
    expect(hasOwnGrant(who(role, canRecord, allowed))).toBe(own);
  });

  it('goes with the setting for those without a grant', () => {
    expect(mayRecord(room('everybody'), false)).toBe(true);
    expect(mayRecord(room('moderators'), false)).toBe(false);
    expect(mayRecord(room('moderators'), true)).toBe(true);
  });
});

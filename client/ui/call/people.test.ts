import { describe, expect, it } from 'vitest';
import type { ParticipantState, TrackState } from '../../../server/protocol/signaling.ts';
import { liveTrackOf, sharesOf, tileOrder } from './people.ts';

const participant = (
  name: string,
  tracks: Pick<TrackState, 'source' | 'paused'>[] = [],
  connection: ParticipantState['connection'] = 'connected',
): ParticipantState => {
  const id = `part_${name}` as const;
  return {
    id,
    name,
    role: 'guest',
    connection,
    joinedAt: '2026-01-01T00:00:00Z',
    tracks: tracks.map((track) => ({
      id: `${name}-${track.source}`,
      participantId: id,
      kind: 'video' as const,
      ...track,
    })),
  };
};

describe('tileOrder', () => {
  it('puts oneself first and leaves out who is lost', () => {
    const all = [
      participant('a'),
      participant('b', [], 'lost'),
      participant('me'),
      participant('c'),
    ];
    expect(tileOrder(all, 'part_me').map(({ name }) => name)).toEqual(['me', 'a', 'c']);
  });
});

describe('tracks', () => {
  it('a paused track is not live', () => {
    const ana = participant('ana', [
      { source: 'microphone', paused: true },
      { source: 'camera', paused: false },
    ]);
    expect(liveTrackOf(ana, 'microphone')).toBeUndefined();
    expect(liveTrackOf(ana, 'camera')?.id).toBe('ana-camera');
    expect(liveTrackOf(ana, 'screen')).toBeUndefined();
  });

  it('finds the screens of others', () => {
    const screen = { source: 'screen', paused: false } as const;
    const all = [participant('me', [screen]), participant('ben', [screen]), participant('c')];
    expect(sharesOf(all, 'part_me').map((share) => share.participant.name)).toEqual(['ben']);
  });
});

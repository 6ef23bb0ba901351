import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParticipantId } from '../../server/protocol/ids.ts';
import type {
  Notification,
  ParticipantState,
  Snapshot,
  TrackState,
} from '../../server/protocol/signaling.ts';
import {
  applyNotification,
  emptyRoomView,
  fromSnapshot,
  withoutTracks,
  type RoomView,
} from './roomView.ts';

const person = (n: number): ParticipantState => ({
  id: `part_${n}` as ParticipantId,
  name: `Person ${n}`,
  role: 'guest',
  connection: 'connected',
  joinedAt: '2026-01-01T00:00:00.000Z',
  tracks: [],
});

const track = (id: string, participant: number, source: TrackState['source']): TrackState => ({
  id,
  participantId: person(participant).id,
  kind: source === 'camera' || source === 'screen' ? 'video' : 'audio',
  source,
  paused: false,
});

const apply = (view: RoomView, ...notifications: Notification[]): RoomView =>
  notifications.reduce(applyNotification, view);

const someone = fc.integer({ min: 0, max: 3 });
const someTrack = fc.constantFrom('a', 'b', 'c', 'd');
const someSource = fc.constantFrom<TrackState['source']>('microphone', 'camera', 'screen');

const anyNotification: fc.Arbitrary<Notification> = fc.oneof(
  someone.map((n) => ({ name: 'participantJoined' as const, data: person(n) })),
  someone.map((n) => ({
    name: 'participantLeft' as const,
    data: { participantId: person(n).id },
  })),
  fc.tuple(someTrack, someone, someSource).map(([id, n, source]) => ({
    name: 'trackPublished' as const,
    data: track(`${id}${n}`, n, source),
  })),
  fc.tuple(someTrack, someone).map(([id, n]) => ({
    name: 'trackUnpublished' as const,
    data: { participantId: person(n).id, trackId: `${id}${n}` },
  })),
  fc.tuple(someTrack, someone, fc.boolean()).map(([id, n, paused]) => ({
    name: 'trackPaused' as const,
    data: { participantId: person(n).id, trackId: `${id}${n}`, paused },
  })),
  someone.map((n) => ({
    name: 'activeSpeakerChanged' as const,
    data: { participantId: person(n).id },
  })),
);

describe('applyNotification', () => {
  it('never shows anybody twice, nor two tracks of one source', () => {
    fc.assert(
      fc.property(fc.array(anyNotification, { maxLength: 60 }), (notifications) => {
        const { participants } = apply(emptyRoomView, ...notifications);
        expect(new Set(participants.map(({ id }) => id)).size).toBe(participants.length);
        for (const { id, tracks } of participants) {
          expect(new Set(tracks.map(({ source }) => source)).size).toBe(tracks.length);
          expect(tracks.every(({ participantId }) => participantId === id)).toBe(true);
        }
      }),
    );
  });

  it('is the same when told twice', () => {
    fc.assert(
      fc.property(
        fc.array(anyNotification, { maxLength: 30 }),
        anyNotification,
        (before, notification) => {
          const once = apply(emptyRoomView, ...before, notification);
          const again = applyNotification(once, notification);
          expect(new Set(again.participants)).toEqual(new Set(once.participants));
        },
      ),
    );
  });

  it('leaves what is untouched the same object, so that tiles do not redraw', () => {
    const view = apply(
      emptyRoomView,
      { name: 'participantJoined', data: person(1) },
      { name: 'participantJoined', data: person(2) },
    );
    const next = applyNotification(view, {
      name: 'trackPublished',
      data: track('t', 2, 'camera'),
    });
    expect(next.participants[0]).toBe(view.participants[0]);
    expect(next.layers).toBe(view.layers);
  });

  it('forgets the speaker and the loudness of somebody who left', () => {
    const view = apply(
      emptyRoomView,
      { name: 'participantJoined', data: person(1) },
      { name: 'activeSpeakerChanged', data: { participantId: person(1).id } },
      { name: 'audioLevels', data: { levels: [{ participantId: person(1).id, volume: -30 }] } },
      { name: 'participantLeft', data: { participantId: person(1).id } },
    );
    expect(view).toEqual(emptyRoomView);
  });

  it('passes over what a newer server may say', () => {
    const unknown = { name: 'handRaised', data: {} } as unknown as Notification;
    expect(applyNotification(emptyRoomView, unknown)).toBe(emptyRoomView);
  });
});

describe('withoutTracks', () => {
  it("takes the dead session's tracks and leaves those published since", () => {
    const view = apply(
      emptyRoomView,
      { name: 'participantJoined', data: person(1) },
      { name: 'participantJoined', data: person(2) },
      { name: 'trackPublished', data: track('old', 1, 'camera') },
      { name: 'layerChanged', data: { trackId: 'old', spatialLayer: 2 } },
      { name: 'trackPublished', data: track('new', 2, 'camera') },
    );
    const next = withoutTracks(view, new Set(['old']));
    expect(next.participants.flatMap(({ tracks }) => tracks.map(({ id }) => id))).toEqual(['new']);
    expect(next.layers.size).toBe(0);
  });
});

describe('fromSnapshot', () => {
  it('replaces everything and keeps the layers of tracks that are still there', () => {
    const before = apply(
      emptyRoomView,
      { name: 'participantJoined', data: person(1) },
      { name: 'layerChanged', data: { trackId: 'kept', spatialLayer: 1 } },
      { name: 'layerChanged', data: { trackId: 'gone', spatialLayer: 1 } },
    );
    const participants = [{ ...person(2), tracks: [track('kept', 2, 'camera')] }];
    const snapshot = { participants, room: null, activeSpeakerId: null, recording: null };
    const view = fromSnapshot(before, snapshot as unknown as Snapshot);
    expect(view.participants).toBe(participants);
    expect([...view.layers]).toEqual([['kept', 1]]);
  });
});

import { newRecordingSettings } from './recordingSettings.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMediaWorker, silentLogger } from '../../test/support/mediaWorker.ts';
import { RecordingChannel } from '../../test/support/RecordingChannel.ts';
import { StandIn } from '../../test/support/StandIn.ts';
import { guestGrants } from '../accounts/permissions.ts';
import { hashSecret } from '../accounts/secret.ts';
import { FakeClock } from '../base/FakeClock.ts';
import { newId } from '../protocol/ids.ts';
import type { MediaRoom } from './MediaRoom.ts';
import { Participant } from './Participant.ts';
import { Room } from './Room.ts';
import { Sessions, type Session } from './Sessions.ts';

let worker: Awaited<ReturnType<typeof createMediaWorker>>;
let media: MediaRoom;
let clock: FakeClock;
let sessions: Sessions;
let room: Room;
let witness: StandIn;
let session: Session;
let channel: RecordingChannel;
let token: string;

const open = async (expiresAt?: number): Promise<void> => {
  const participant = await Participant.create(media, {
    name: 'Ann',
    role: 'guest',
    identity: null,
    userId: null,
    canPublish: true,
    canSubscribe: true,
    joinedAt: clock.now(),
    iceServers: () => [],
    logger: silentLogger,
  });
  room.join(participant);
  session = { room, participant, grants: guestGrants, expiresAt };
  channel = new RecordingChannel();
  token = sessions.open(session, channel);
  witness.news();
};

/** What the others were told about the line. */
const connections = (): string[] =>
  witness.told
    .splice(0)
    .flatMap(({ name, data }) => (name === 'participantChanged' ? [data.connection] : []));

const resume = (with_: string, on = new RecordingChannel()): string =>
  sessions.resume(with_, on).resumeToken;
const isOver = expect.objectContaining({ code: 'not_found' });

beforeAll(async () => {
  worker = await createMediaWorker();
  media = await worker.openRoom();
});
afterAll(() => worker.close());

beforeEach(async () => {
  clock = new FakeClock();
  sessions = new Sessions(clock);
  room = new Room({
    id: newId('room'),
    name: 'den',
    createdAt: 0,
    ownerSecretHash: hashSecret('secret'),
    ownerId: null,
    locked: false,
    listed: false,
    recording: newRecordingSettings,
    maxParticipants: 10,
  });
  witness = new StandIn();
  room.join(witness);
  await open();
  return () => {
    sessions.close();
    room.end('shutdown');
  };
});

describe('a resume token', () => {
  test('is good once the next is known to have arrived', () => {
    const second = resume(token);
    expect(second).not.toBe(token);
    sessions.confirm(session);
    expect(() => resume(token)).toThrow(isOver);
    resume(second);
  });

  test('stays good while its answer may have been lost', () => {
    const lost = resume(token);
    const second = resume(token);
    expect(() => resume(lost)).toThrow(isOver);
    const third = resume(second);
    // Using the next one shows as well that it arrived.
    expect(() => resume(token)).toThrow(isOver);
    resume(third);
  });

  test('of nobody, or of somebody who left, leads nowhere', () => {
    expect(() => resume('x'.repeat(43))).toThrow(isOver);
    room.leave(session.participant, 'left');
    expect(() => resume(token)).toThrow(isOver);
    clock.advance(1_000);
    expect(() => resume(token)).toThrow(isOver);
  });

  test('brings back the same participant, and closes the older socket with 4409', () => {
    const next = new RecordingChannel();
    const { session: back } = sessions.resume(token, next);
    expect(back.participant).toBe(session.participant);
    expect(channel.closedWith).toBe(4409);
    expect(next.closedWith).toBeUndefined();
    // That the old socket is gone now is no absence.
    sessions.suspend(session, channel);
    clock.advance(600_000);
    expect(session.participant.closed).toBe(false);
    expect(connections()).toEqual([]);
  });
});

describe('an absence', () => {
  beforeEach(() => sessions.suspend(session, channel));

  test('shorter than two seconds is not mentioned', () => {
    clock.advance(1_000);
    resume(token);
    clock.advance(60_000);
    expect(connections()).toEqual([]);
  });

  test('is told after two seconds, and its end', () => {
    clock.advance(2_000);
    expect(connections()).toEqual(['reconnecting']);
    resume(token);
    expect(connections()).toEqual(['connected']);
  });

  test('without media for ten seconds takes the tile away, not the place', () => {
    clock.advance(11_000);
    expect(connections()).toEqual(['reconnecting', 'lost']);
    expect(room.participants()).toHaveLength(2);
    resume(token);
    expect(connections()).toEqual(['connected']);
  });

  test('of two minutes ends it', () => {
    clock.advance(119_000);
    expect(room.participants()).toHaveLength(2);
    clock.advance(2_000);
    expect(room.participants()).toHaveLength(1);
    expect(witness.news()).toContain('participantLeft');
    expect(() => resume(token)).toThrow(isOver);
  });

  test('begins anew with each loss of the line', () => {
    clock.advance(119_000);
    const next = new RecordingChannel();
    const second = resume(token, next);
    sessions.suspend(session, next);
    clock.advance(119_000);
    expect(resume(second)).not.toBe(second);
  });
});

test('when the join token runs out the socket closes with 4401', async () => {
  await open(clock.now() + 60_000);
  clock.advance(59_000);
  expect(channel.closedWith).toBeUndefined();
  clock.advance(2_000);
  expect(channel.closedWith).toBe(4401);
  expect(() => resume(token)).toThrow(isOver);
});

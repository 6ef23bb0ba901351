import { newRecordingSettings } from './recordingSettings.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMediaWorker, silentLogger } from '../../test/support/mediaWorker.ts';
import { camera, microphone } from '../../test/support/rtp.ts';
import { StandIn } from '../../test/support/StandIn.ts';
import type { AppError } from '../base/AppError.ts';
import { hashSecret } from '../accounts/secret.ts';
import { newId } from '../protocol/ids.ts';
import type { MediaRoom } from './MediaRoom.ts';
import { Participant } from './Participant.ts';
import { Room } from './Room.ts';

let worker: Awaited<ReturnType<typeof createMediaWorker>>;
let media: MediaRoom;
let room: Room;
let ann: StandIn;
let ben: StandIn;

const code = (value: string) => expect.objectContaining({ code: value });

/** Somebody with real transports, so that its tracks are real. */
const joinSender = async (): Promise<Participant> => {
  const sender = await Participant.create(media, {
    name: 'Sender',
    role: 'guest',
    identity: null,
    userId: null,
    canPublish: true,
    canSubscribe: true,
    joinedAt: 0,
    iceServers: () => [],
    logger: silentLogger,
  });
  room.join(sender);
  ann.news();
  ben.news();
  return sender;
};

beforeAll(async () => {
  worker = await createMediaWorker();
});
afterAll(() => worker.close());

beforeEach(async () => {
  media = await worker.openRoom();
  room = new Room({
    id: newId('room'),
    name: 'den',
    createdAt: 0,
    ownerSecretHash: hashSecret('secret'),
    ownerId: null,
    locked: false,
    listed: false,
    recording: newRecordingSettings,
    maxParticipants: 4,
  });
  room.setMedia(media);
  [ann, ben] = [new StandIn('Ann'), new StandIn('Ben')];
  room.join(ann);
  room.join(ben);
  return () => media.close();
});

describe('coming and going', () => {
  test('is told to the others and not to oneself', () => {
    expect(ann.news()).toEqual(['participantJoined']);
    expect(ben.news()).toEqual([]);
    room.leave(ben, 'left');
    room.leave(ben, 'left');
    expect(ann.news()).toEqual(['participantLeft']);
    expect(ben.closedFor).toBe('left');
    expect(room.participants().map(({ name }) => name)).toEqual(['Ann']);
  });

  test('of somebody unseen is told to nobody, but takes a seat', () => {
    ann.news();
    const recorder = new StandIn('Recorder', { visible: false });
    room.join(recorder);
    expect(room.participants()).toHaveLength(2);
    expect(room.participantCount).toBe(2);
    expect(() => room.remove(recorder.id)).toThrow(code('not_found'));
    room.connectionChanged(recorder);
    room.leave(recorder, 'left');
    expect(ann.news()).toEqual([]);
  });

  test('stops at the door of a full, a locked and an ended room', () => {
    const guest = { evenIfLocked: false };
    const owner = { evenIfLocked: true };
    room.update({ locked: true });
    expect(() => room.admit(guest)).toThrow(code('room_locked'));
    room.admit(owner);
    room.join(new StandIn());
    room.join(new StandIn());
    expect(() => room.admit(owner)).toThrow(code('room_full'));
    room.end('ended');
    expect(room.empty).toBe(true);
    expect([ann.closedFor, ben.closedFor]).toEqual(['ended', 'ended']);
    expect(() => room.admit(owner)).toThrow(code('not_found'));
  });

  test('only the secret makes an owner', () => {
    expect(room.isOwner('secret')).toBe(true);
    expect(room.isOwner('Secret')).toBe(false);
    expect(room.isOwner('')).toBe(false);
  });

  test('of settings is told to everybody; what is not named stays', () => {
    ann.news();
    room.update({ listed: true });
    expect(room.update({ locked: true })).toMatchObject({ locked: true, listed: true });
    expect([ann.news(), ben.news()]).toEqual([
      ['roomChanged', 'roomChanged'],
      ['roomChanged', 'roomChanged'],
    ]);
  });
});

describe('a track', () => {
  test('is offered to all others, newcomers included, until it is taken back', async () => {
    const sender = await joinSender();
    const track = await sender.publish(microphone());
    room.publish(track);
    expect(ann.offered).toEqual([track]);
    expect(ann.news()).toEqual(['trackPublished']);
    const late = new StandIn('Late');
    room.join(late);
    room.offerTracksTo(late);
    expect(late.offered).toEqual([track]);
    room.unpublish(sender, track.id);
    expect([ann, ben, late].map(({ retracted }) => retracted)).toEqual([[track], [track], [track]]);
    expect(track.producer.closed).toBe(true);
    expect(() => room.unpublish(sender, track.id)).toThrow(code('not_found'));
  });

  test('begins anew for those it concerns when somebody is back', async () => {
    const sender = await joinSender();
    const other = await joinSender();
    const track = await sender.publish(microphone());
    const another = await other.publish(microphone());
    room.publish(track);
    room.publish(another);
    room.renewTracks(sender);
    expect(ann.renewed).toEqual([track]);
    ann.renewed.length = 0;
    room.renewTracks(ann);
    expect(ann.renewed).toEqual([track, another]);
    expect(ben.renewed).toEqual([track]);
  });

  test('is its sender’s alone', async () => {
    const sender = await joinSender();
    const track = await sender.publish(microphone());
    room.publish(track);
    expect(() => room.unpublish(ann, track.id)).toThrow(code('not_found'));
    await expect(room.pauseTrack(ann, track.id, true)).rejects.toEqual(code('not_found'));
    expect(track.producer.paused).toBe(false);
  });

  test('is muted in the worker and told to everybody', async () => {
    const sender = await joinSender();
    const track = await sender.publish(microphone());
    room.publish(track);
    ann.news();
    await room.pauseTrack(sender, track.id, true);
    expect(track.producer.paused).toBe(true);
    expect(ann.news()).toEqual(['trackPaused']);
    expect(room.participants().at(-1)?.tracks).toMatchObject([{ id: track.id, paused: true }]);
  });

  test('that ends while it is being muted is a matter of order, not a fault', async () => {
    const sender = await joinSender();
    const track = await sender.publish(microphone());
    room.publish(track);
    const muting = room.pauseTrack(sender, track.id, true).then(
      () => 'muted',
      (error: AppError) => error.code,
    );
    room.unpublish(sender, track.id);
    expect(['muted', 'not_found']).toContain(await muting);
    const dying = await sender.publish(camera());
    room.publish(dying);
    dying.producer.close();
    await expect(room.pauseTrack(sender, dying.id, true)).rejects.toEqual(code('not_found'));
  });

  test('of somebody who left meanwhile is never published', async () => {
    const sender = await joinSender();
    const track = await sender.publish(camera());
    room.leave(sender, 'left');
    expect(() => room.publish(track)).toThrow(code('wrong_state'));
    expect(ann.offered).toEqual([]);
    expect(track.producer.closed).toBe(true);
  });

  test('goes with its sender, and so does the speaker', async () => {
    const sender = await joinSender();
    const track = await sender.publish(microphone());
    room.publish(track);
    media.emit('dominantVoiceChanged', track.id);
    expect(room.activeSpeakerId).toBe(null);
    media.emit('audioLevels', [{ trackId: track.id, volume: -30 }]);
    expect(room.activeSpeakerId).toBe(sender.id);
    ann.news();
    room.leave(sender, 'removed');
    expect(ann.news()).toEqual(['trackUnpublished', 'activeSpeakerChanged', 'participantLeft']);
    expect(room.activeSpeakerId).toBeNull();
  });
});

describe('when the media is lost', () => {
  test('tracks and speaker are gone, and everybody moves to the next', async () => {
    const sender = await joinSender();
    room.publish(await sender.publish(microphone()));
    room.setMedia(undefined);
    expect(room.participants().flatMap(({ tracks }) => tracks)).toEqual([]);
    expect(ann.movedTo).toEqual([]);
    const next = await worker.openRoom();
    room.setMedia(next);
    expect([ann.movedTo, ben.movedTo]).toEqual([[next], [next]]);
    next.close();
  });
});

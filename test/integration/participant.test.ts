import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AppError } from '../../server/base/AppError.ts';
import type { MediaRoom } from '../../server/rooms/MediaRoom.ts';
import type { Track } from '../../server/rooms/Member.ts';
import { Participant } from '../../server/rooms/Participant.ts';
import { createMediaWorker, silentLogger } from '../support/mediaWorker.ts';
import { RecordingChannel } from '../support/RecordingChannel.ts';
import { camera, microphone, opus, vp8 } from '../support/rtp.ts';

/** What happens between a participant and a real worker when things happen at the same time. */

let worker: Awaited<ReturnType<typeof createMediaWorker>>;
let media: MediaRoom;

const join = async (on: MediaRoom = media): Promise<[Participant, RecordingChannel]> => {
  const participant = await Participant.create(on, {
    name: 'Ann',
    role: 'guest',
    identity: null,
    userId: null,
    canPublish: true,
    canSubscribe: true,
    joinedAt: 0,
    iceServers: () => [],
    logger: silentLogger,
  });
  const channel = new RecordingChannel();
  participant.wire.attach(channel);
  return [participant, channel];
};

/** Somebody who receives, and a way to wait until all offers so far are through. */
const receiver = async (sender: Participant) => {
  const [participant, channel] = await join();
  participant.receive({ rtpCapabilities: media.rtpCapabilities });
  const settled = async (): Promise<void> => {
    const last = await sender.publish({ ...camera(), source: 'screen', rtpParameters: vp8('9') });
    participant.offer(last);
    await vi.waitUntil(() => channel.offers.some(({ trackId }) => trackId === last.id));
    channel.offers.splice(
      channel.offers.findIndex(({ trackId }) => trackId === last.id),
      1,
    );
  };
  return { participant, channel, settled };
};

beforeAll(async () => {
  worker = await createMediaWorker();
});
afterAll(() => worker.close());

beforeEach(async () => {
  media = await worker.openRoom();
  return () => media.close();
});

// An iPhone that is held upright would else send pictures that lie on their side, and a note of it that
// neither files nor Firefox know how to read.
test('a phone is not offered to say which way up its pictures are: it has to turn them', async () => {
  const [participant] = await join();
  const { headerExtensions = [] } = participant.mediaSession.rtpCapabilities;
  expect(headerExtensions.length).toBeGreaterThan(4);
  expect(headerExtensions.map(({ uri }) => uri)).not.toContain('urn:3gpp:video-orientation');
});

describe('a track on offer', () => {
  let sender: Participant;
  let track: Track;

  beforeEach(async () => {
    [sender] = await join();
    track = await sender.publish(microphone());
  });

  test('is offered once, however often it is said to be there', async () => {
    const { participant, channel, settled } = await receiver(sender);
    participant.offer(track);
    participant.offer(track);
    await settled();
    expect(channel.offers).toMatchObject([{ trackId: track.id, source: 'microphone' }]);
  });

  test('that ends while the worker builds its consumer is not offered', async () => {
    const { participant, channel, settled } = await receiver(sender);
    participant.offer(track);
    // The step has begun: the worker has been asked.
    await Promise.resolve();
    await Promise.resolve();
    track.producer.close();
    participant.retract(track);
    await settled();
    expect(channel.offers).toEqual([]);
  });

  test('that was never agreed to is offered again after a resume', async () => {
    const { participant, channel, settled } = await receiver(sender);
    channel.answer = () => Promise.reject(new Error('The socket closed'));
    participant.offer(track);
    await settled();
    const next = new RecordingChannel();
    participant.wire.attach(next);
    participant.repeatOffers();
    expect(next.offers.map(({ trackId }) => trackId)).toContain(track.id);
  });
});

describe('publishing', () => {
  test.each([
    ['a picture', 'microphone', vp8()],
    ['a voice', 'camera', opus()],
    ['a voice', 'screen', opus()],
    ['a picture', 'screenAudio', vp8()],
  ] as const)('refuses %s as the %s', async (_, source, rtpParameters) => {
    const [participant] = await join();
    const data = { source, rtpParameters, paused: false };
    await expect(participant.publish(data)).rejects.toMatchObject({ code: 'bad_request' });
    // The source is still free.
    const right = source === 'microphone' || source === 'screenAudio' ? opus('5') : vp8('5');
    await expect(participant.publish({ ...data, rtpParameters: right })).resolves.toBeDefined();
  });

  test('that the participant leaves in the middle of is no fault of the server', async () => {
    const [participant] = await join();
    const publishing = participant.publish(microphone());
    participant.close('left');
    await expect(publishing).rejects.toMatchObject({ code: 'wrong_state' });
  });

  test('two of one source at once makes one', async () => {
    const [participant] = await join();
    const both = await Promise.allSettled([
      participant.publish(camera()),
      participant.publish({ ...camera(), rtpParameters: vp8('2') }),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });
});

describe('when the media moves', () => {
  let other: MediaRoom;

  beforeEach(async () => {
    other = await worker.openRoom();
    return () => other.close();
  });

  test('what was said for the old session does not count for the new one', async () => {
    const [participant, channel] = await join();
    const { id: transportId } = participant.mediaSession.send;
    participant.moveTo(other);
    const { rtpCapabilities } = media;
    expect(() => participant.receive({ rtpCapabilities, transportId })).toThrow(
      expect.objectContaining({ code: 'wrong_state' }),
    );
    await vi.waitUntil(() => channel.names().includes('mediaMoved'));
    expect(() => participant.receive({ rtpCapabilities, transportId })).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    );
    await expect(participant.publish({ ...microphone(), transportId })).rejects.toMatchObject({
      code: 'not_found',
    });
    const { send, receive } = participant.mediaSession;
    participant.receive({ rtpCapabilities, transportId: receive.id });
    await participant.publish({ ...microphone(), transportId: send.id });
  });

  test('twice in a row, the client hears of the last place only', async () => {
    const [participant, channel] = await join();
    participant.moveTo(media);
    participant.moveTo(other);
    await vi.waitUntil(() => channel.names().includes('mediaMoved'));
    expect(channel.notifications).toMatchObject([{ data: { id: other.id } }]);
    expect(participant.mediaSession.id).toBe(other.id);
  });

  test('requests under way fail as out of order, not as our fault', async () => {
    const doomed = await createMediaWorker();
    const [participant] = await join(await doomed.openRoom());
    const { id: transportId } = participant.mediaSession.send;
    const asked = [participant.publish(microphone()), participant.restartIce(transportId)];
    process.kill(doomed.pid, 'SIGKILL');
    asked.push(participant.restartIce(transportId));
    const codes = (await Promise.allSettled(asked)).map((answer) =>
      answer.status === 'rejected' ? (answer.reason as AppError).code : 'wrong_state',
    );
    expect(codes).toEqual(asked.map(() => 'wrong_state'));
    await vi.waitUntil(() => !doomed.alive);
    await expect(participant.restartIce(transportId)).rejects.toMatchObject({
      code: 'wrong_state',
    });
  });
});

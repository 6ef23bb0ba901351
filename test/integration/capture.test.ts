import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { createWorker } from 'mediasoup';
import type { types } from 'mediasoup';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RtpPacket } from 'werift';
import { FakeClock } from '../../server/base/FakeClock.ts';
import { mediaCodecs } from '../../server/media/codecs.ts';
import { MediasoupRoom } from '../../server/media/MediasoupRoom.ts';
import type { Capture } from '../../server/rooms/MediaRoom.ts';
import { DirectSender, rtpOf, vp8Picture } from '../support/DirectSender.ts';
import { clipOf, type Clip } from '../support/peerMedia.ts';
import { opus, vp8 } from '../support/rtp.ts';
import { waitFor } from '../support/waitFor.ts';

const CAPTURE_TIME = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time' as const;

let worker: types.Worker;
let router: types.Router;
let clock: FakeClock;
let room: MediasoupRoom;
let sender: DirectSender;
let consumers: types.Consumer[];

beforeEach(async () => {
  const workerBin = process.env['MEDIASOUP_WORKER_BIN'];
  worker = await createWorker({ logLevel: 'error', ...(workerBin ? { workerBin } : {}) });
  router = await worker.createRouter({ mediaCodecs });
  const listenInfos = [{ protocol: 'udp' as const, ip: '127.0.0.1' }];
  clock = new FakeClock();
  room = new MediasoupRoom(router, await worker.createWebRtcServer({ listenInfos }), clock);
  sender = await DirectSender.create(router);
  consumers = [];
  router.observer.on('newtransport', ({ observer }) => {
    observer.on('newconsumer', (consumer) => consumers.push(consumer));
  });
});
afterEach(() => worker.close());

/** The encodings of a single stream of video. */
const simple = (): types.RtpParameters => {
  const parameters = vp8();
  return { ...parameters, encodings: parameters.encodings!.slice(0, 1) };
};

const ssrcsOf = ({ rtpParameters }: types.Producer): number[] =>
  rtpParameters.encodings!.map(({ ssrc }) => ssrc!);

/** All packets that a capture hands over, parsed. */
const packetsOf = (capture: Capture): RtpPacket[] => {
  const packets: RtpPacket[] = [];
  capture.on('packet', (rtp) => packets.push(RtpPacket.deSerialize(rtp)));
  return packets;
};

const through = (what: string, list: readonly unknown[], count: number) =>
  waitFor(
    what,
    () => list.length,
    (length) => length >= count,
    { everyMs: 10 },
  );

/** The worker has seen all that was sent before, and what it told of it has been heard. */
const settled = async (): Promise<void> => {
  await router.dump();
  // Answers overtake news within mediasoup.
  await setImmediate();
};

const sendClip = (producer: types.Producer, { packets }: Clip): Buffer[] => {
  const [ssrc] = ssrcsOf(producer);
  const { payloadType } = producer.rtpParameters.codecs[0]!;
  return packets.map(({ bytes }) => {
    const packet = RtpPacket.deSerialize(Buffer.from(bytes));
    packet.header.ssrc = ssrc!;
    packet.header.payloadType = payloadType;
    producer.send(packet.serialize());
    return packet.payload;
  });
};

describe.each(['audio', 'video'] as const)('%s', (kind) => {
  test('comes out as it went in, from the resume to the pause', async () => {
    const producer = await sender.produce(kind === 'audio' ? opus() : simple());
    const capture = await room.capture(producer);
    const packets = packetsOf(capture);
    const clip = await clipOf(kind);
    sendClip(producer, clip);
    await settled();
    expect(packets).toEqual([]);

    capture.resume();
    await settled();
    const payloads = sendClip(producer, clip);
    await through('all of it', packets, payloads.length);
    expect(packets.length).toBe(payloads.length);
    const changed = packets.filter(({ payload }, index) => !payload.equals(payloads[index]!));
    expect(changed).toEqual([]);
    const [ssrc] = capture.rtpParameters.encodings!.map((encoding) => encoding.ssrc);
    expect(new Set(packets.map(({ header }) => header.ssrc))).toEqual(new Set([ssrc]));

    capture.pause();
    await settled();
    sendClip(producer, clip);
    await settled();
    expect(packets.length).toBe(payloads.length);
  });

  test('is asked for without what a network needs', async () => {
    const sent = kind === 'audio' ? opus() : vp8();
    const headerExtensions = [...(sent.headerExtensions ?? []), { uri: CAPTURE_TIME, id: 13 }];
    const capture = await room.capture(await sender.produce({ ...sent, headerExtensions }));
    const { codecs, encodings } = capture.rtpParameters;
    expect(codecs.length).toBe(1);
    expect(encodings!.length).toBe(1);
    expect(encodings![0]).not.toHaveProperty('rtx');
    const feedback = new Set(codecs[0]!.rtcpFeedback!.map(({ type }) => type));
    expect(feedback).not.toContain('transport-cc');
    expect(feedback).not.toContain('goog-remb');
    const uris = capture.rtpParameters.headerExtensions!.map(({ uri }) => uri);
    expect(uris.filter((uri) => /transport-wide|abs-send-time/.test(uri))).toEqual([]);
    expect(uris).toContain(CAPTURE_TIME);
    expect(uris.includes('urn:ietf:params:rtp-hdrext:ssrc-audio-level')).toBe(kind === 'audio');
  });
});

test('of several layers comes the best, beginning with a whole picture after each resume', async () => {
  const producer = await sender.produce(vp8());
  const [low, middle, high] = ssrcsOf(producer);
  const capture = await room.capture(producer);
  const packets = packetsOf(capture);
  let sent = 0;
  const sendPictures = (isKeyFrame: boolean): void => {
    sent += 1;
    for (const [layer, ssrc] of [low!, middle!, high!].entries()) {
      const payload = vp8Picture(isKeyFrame, layer + 1);
      producer.send(
        rtpOf({ ssrc, payloadType: 96, sequence: sent, timestamp: sent * 3000, payload }),
      );
    }
  };
  for (let count = 0; count < 20; count += 1) sendPictures(false);
  await settled();

  for (let round = 0; round < 2; round += 1) {
    sender.keyFrameRequests.length = 0;
    packets.length = 0;
    capture.resume();
    await waitFor('a whole picture is asked for', () => sender.keyFrameRequests.includes(high!));
    for (let count = 0; count < 10; count += 1) sendPictures(false);
    sendPictures(true);
    for (let count = 0; count < 10; count += 1) sendPictures(false);
    await through('the pictures', packets, 11);
    expect(packets.length).toBe(11);
    expect(packets.map(({ payload }) => payload[1])).toEqual([0, ...Array<number>(10).fill(1)]);
    expect(new Set(packets.map(({ payload }) => payload[2]))).toEqual(new Set([3]));
    capture.pause();
    await settled();
  }
});

test('a packet that stays away costs a whole picture, one that comes late does not', async () => {
  const producer = await sender.produce(simple());
  const [ssrc] = ssrcsOf(producer);
  const capture = await room.capture(producer);
  const packets = packetsOf(capture);
  const send = (sequence: number, isKeyFrame = false): void => {
    const payload = vp8Picture(isKeyFrame, 1);
    producer.send(
      rtpOf({ ssrc: ssrc!, payloadType: 96, sequence, timestamp: sequence * 3000, payload }),
    );
  };
  capture.resume();
  const asked = vi.spyOn(consumers.at(-1)!, 'requestKeyFrame');
  send(1, true);
  for (const sequence of [2, 3, 5, 6, 4, 7]) send(sequence);
  await through('all packets', packets, 7);
  clock.advance(1000);
  expect(asked).not.toHaveBeenCalled();

  for (const sequence of [9, 10]) send(sequence);
  await through('the packets behind the hole', packets, 9);
  clock.advance(249);
  expect(asked).not.toHaveBeenCalled();
  clock.advance(1);
  expect(asked).toHaveBeenCalledTimes(1);
});

test('whole pictures are asked for twice a second at most, the last wish is not forgotten', async () => {
  const capture = await room.capture(await sender.produce(vp8()));
  const asked = vi.spyOn(consumers.at(-1)!, 'requestKeyFrame');
  for (let count = 0; count < 29; count += 1) {
    capture.requestKeyFrame();
    clock.advance(50);
  }
  expect(asked).toHaveBeenCalledTimes(3);
  clock.advance(10_000);
  expect(asked).toHaveBeenCalledTimes(4);
  const voice = await room.capture(await sender.produce(opus()));
  const ofVoice = vi.spyOn(consumers.at(-1)!, 'requestKeyFrame');
  voice.requestKeyFrame();
  expect(ofVoice).not.toHaveBeenCalled();
});

/** The sender's clock is off by hours. */
const senderNow = (): number => Date.now() + 12_345_678;

describe('sender reports', () => {
  type Report = { rtpTimestamp: number; ntpMs: number };

  const reportsOf = (capture: Capture): Report[] => {
    const reports: Report[] = [];
    capture.on('senderReport', (report) => reports.push(report));
    return reports;
  };

  test('lay voice and picture of one sender on one time line, the worker’s', async () => {
    const [audio, video] = [await sender.produce(opus()), await sender.produce(simple())];
    const captures = await Promise.all([room.capture(audio), room.capture(video)]);
    const [ofAudio, ofVideo] = captures.map(reportsOf);
    // Before its first packet a stream is unknown.
    sendClip(audio, await clipOf('audio'));
    sendClip(video, await clipOf('video'));
    sender.report(ssrcsOf(audio)[0]!, senderNow(), 1);
    await settled();
    for (const capture of captures) capture.resume();
    await settled();
    const startMs = senderNow();
    for (let count = 0; count < 5; count += 1) {
      // What was captured at the same time, told at different times.
      sender.report(ssrcsOf(audio)[0]!, senderNow(), 48 * (senderNow() - startMs));
      await settled();
      sender.report(ssrcsOf(video)[0]!, senderNow(), 90 * (senderNow() - startMs) + 7);
      await settled();
    }
    await through('reports of voice', ofAudio!, 5);
    await through('reports of pictures', ofVideo!, 5);
    // None from before the resume.
    expect([ofAudio!.length, ofVideo!.length]).toEqual([5, 5]);
    const voice = ofAudio!.map(({ rtpTimestamp, ntpMs }) => ntpMs - rtpTimestamp / 48);
    const pictures = ofVideo!.map(({ rtpTimestamp, ntpMs }) => ntpMs - (rtpTimestamp - 7) / 90);
    for (const [index, zeroMs] of pictures.entries()) {
      expect(Math.abs(zeroMs - voice[index]!)).toBeLessThan(10);
    }
    // The worker's clock is that of this machine since its start.
    const workerNowMs = Number(process.hrtime.bigint()) / 1e6;
    expect(Math.abs(workerNowMs - ofAudio!.at(-1)!.ntpMs)).toBeLessThan(2000);
  });

  test('of layers that are not on the stream’s time line are left out', async () => {
    const producer = await sender.produce(vp8());
    const ssrcs = ssrcsOf(producer);
    const starts = [1_000_000, 2_000_000_000, 0xffff_fff0];
    const capture = await room.capture(producer);
    const packets = packetsOf(capture);
    const reports = reportsOf(capture);
    capture.resume();
    for (let sequence = 1; sequence < 30; sequence += 1) {
      for (const [layer, ssrc] of ssrcs.entries()) {
        const timestamp = starts[layer]! + sequence;
        const payload = vp8Picture(true, layer);
        producer.send(rtpOf({ ssrc, payloadType: 96, sequence, timestamp, payload }));
      }
      await settled();
    }
    await through('pictures', packets, 5);
    // Which layer gives the time line depends on which was there first.
    const newest = packets.at(-1)!.header.timestamp;
    const layer = starts.findIndex((start) => Math.abs((newest - start) | 0) < 90_000);
    for (const [index, ssrc] of ssrcs.entries()) {
      sender.report(ssrc, senderNow(), starts[index]! + 40);
    }
    await through('a report', reports, 1);
    await settled();
    expect(reports.map(({ rtpTimestamp }) => rtpTimestamp)).toEqual([(starts[layer]! + 40) >>> 0]);
  });
});

const ending = async (end: (capture: Capture) => void): Promise<types.Producer> => {
  const producer = await sender.produce(vp8());
  const capture = await room.capture(producer);
  const closed = vi.fn<() => void>();
  capture.on('closed', closed);
  capture.resume();
  end(capture);
  await waitFor('it says so', () => closed.mock.calls.length > 0);
  // Moot, and no rejection that nobody handles.
  capture.pause();
  capture.resume();
  capture.requestKeyFrame();
  capture.close();
  clock.advance(1000);
  expect(closed).toHaveBeenCalledTimes(1);
  return producer;
};

describe('it ends', () => {
  test('with the track', async () => {
    const producer = await ending((capture) => {
      capture.requestKeyFrame();
      capture.requestKeyFrame();
      sender.close();
    });
    await expect(room.capture(producer)).rejects.toThrow(/not found/);
  });

  test('when told to', async () => {
    await ending((capture) => capture.close());
    expect(consumers.every(({ closed }) => closed)).toBe(true);
  });

  test('with the room', async () => {
    const producer = await ending(() => room.close());
    await expect(room.capture(producer)).rejects.toThrow(/closed|not found/);
  });

  test('with the worker', async () => {
    const died = once(worker, 'died');
    const producer = await ending(() => process.kill(worker.pid, 'SIGKILL'));
    await died;
    await expect(room.capture(producer)).rejects.toThrow(/closed|not found/);
  });

  test('leaving the other captures of its room alone', async () => {
    const [first, second] = [await sender.produce(opus()), await sender.produce(opus('2'))];
    const captures = await Promise.all([room.capture(first), room.capture(second)]);
    const packets = packetsOf(captures[1]);
    captures[1].resume();
    captures[0].close();
    await settled();
    sendClip(second, await clipOf('audio'));
    await through('packets', packets, 100);
    expect(consumers.map(({ closed }) => closed)).toEqual([true, false]);
  });
});

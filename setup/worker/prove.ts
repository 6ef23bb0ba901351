// Proves a worker binary: `node prove.ts <binary>`. A whole WebRTC connection on the loopback
// address: ICE, DTLS, and one packet of SRTP in each direction. Exits 0 when it works.
import { setTimeout as delay } from 'node:timers/promises';
import { createWorker } from 'mediasoup';
import type { types } from 'mediasoup';
import { Device } from 'mediasoup-client';
import type { types as client } from 'mediasoup-client';
import * as werift from 'werift';

const opus: types.RouterRtpCodecCapability = {
  kind: 'audio',
  mimeType: 'audio/opus',
  clockRate: 48_000,
  channels: 2,
  preferredPayloadType: 111,
};
const packetEveryMs = 20;

await prove(process.argv[2] ?? '');
process.exit(0);

async function prove(workerBin: string): Promise<void> {
  const worker = await createWorker({ workerBin, logLevel: 'error' });
  worker.once('died', (error) => fail(error.message));

  const webRtcServer = await worker.createWebRtcServer({
    listenInfos: [{ protocol: 'udp', ip: '127.0.0.1', port: 0 }],
  });
  const router = await worker.createRouter({ mediaCodecs: [opus] });
  const device = await nodeDevice(router.rtpCapabilities);

  const up = await router.createWebRtcTransport({ webRtcServer });
  const send = device.createSendTransport(parameters(up));
  connectWith(send, up);
  const producers: types.Producer[] = [];
  send.on('produce', (options, done, failed) => {
    answer(async () => {
      const producer = await up.produce(options);
      producers.push(producer);
      done({ id: producer.id });
    }, failed);
  });
  const track = new werift.MediaStreamTrack({ kind: 'audio' });
  await send.produce({ track: track as unknown as MediaStreamTrack });
  const producerId = producers[0]?.id ?? '';

  const down = await router.createWebRtcTransport({ webRtcServer });
  const receive = device.createRecvTransport(parameters(down));
  connectWith(receive, down);
  const consumer = await down.consume({ producerId, rtpCapabilities: device.recvRtpCapabilities });
  const { id, kind } = consumer;
  // Both packages describe RTP alike, but differ in how exactly they type what is optional.
  const rtpParameters = consumer.rtpParameters as client.RtpParameters;
  const { track: heard } = await receive.consume({ id, producerId, kind, rtpParameters });
  const arrived = (heard as unknown as werift.MediaStreamTrack).onReceiveRtp.asPromise();

  // What arrives was decrypted and encrypted by the worker: both connections are complete.
  await Promise.race([arrived, sendPackets(track)]);
}

function connectWith(local: client.Transport, remote: types.WebRtcTransport): void {
  local.on('connect', ({ dtlsParameters }, done, failed) => {
    answer(async () => {
      await remote.connect({ dtlsParameters });
      done();
    }, failed);
  });
}

/** mediasoup-client asks by callbacks; the answers are asynchronous. */
function answer(work: () => Promise<void>, failed: (error: Error) => void): void {
  work().catch((error: unknown) =>
    failed(error instanceof Error ? error : new Error(String(error))),
  );
}

/** Sends silence until the process ends. */
async function sendPackets(track: werift.MediaStreamTrack): Promise<never> {
  for (let sequenceNumber = 0; ; sequenceNumber = (sequenceNumber + 1) & 0xffff) {
    const header = new werift.RtpHeader({
      version: 2,
      payloadType: opus.preferredPayloadType ?? 0,
      sequenceNumber,
      timestamp: sequenceNumber * 960,
      ssrc: 1,
    });
    track.writeRtp(new werift.RtpPacket(header, Buffer.from([0xf8, 0xff, 0xfe])));
    await delay(packetEveryMs);
  }
}

async function nodeDevice(rtpCapabilities: types.RtpCapabilities): Promise<Device> {
  // mediasoup-client takes the browser's classes from the global object.
  const { RTCPeerConnection, MediaStream, RTCRtpTransceiver, RTCSessionDescription } = werift;
  Object.assign(globalThis, {
    RTCPeerConnection,
    MediaStream,
    RTCRtpTransceiver,
    RTCSessionDescription,
  });
  const device = new Device({ handlerName: 'Chrome111' });
  await device.load({ routerRtpCapabilities: rtpCapabilities as client.RtpCapabilities });
  return device;
}

function parameters(transport: types.WebRtcTransport): client.TransportOptions {
  const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
  return { id, iceParameters, iceCandidates, dtlsParameters };
}

function fail(reason: string): never {
  console.error(reason);
  process.exit(1);
}

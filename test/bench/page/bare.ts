// The page of the yardstick: mediasoup-client, the bare server's socket, and nothing else.
import { Device } from 'mediasoup-client';
import type { types } from 'mediasoup-client';

interface Opened {
  readonly rtpCapabilities: types.RtpCapabilities;
  readonly transport: types.TransportOptions;
}

interface Consumers {
  readonly consumers: (types.ConsumerOptions & { readonly kind: types.MediaKind })[];
}

type Request = (method: string, data: object) => Promise<unknown>;

const connect = async (): Promise<Request> => {
  const socket = new WebSocket(`ws://${location.host}`);
  const waiting = new Map<number, (data: unknown) => void>();
  let nextId = 1;
  socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(String(data)) as { id: number; data: unknown };
    waiting.get(frame.id)?.(frame.data);
  });
  await new Promise((resolve) => {
    socket.addEventListener('open', resolve);
  });
  return (method, data) => {
    const id = nextId++;
    socket.send(JSON.stringify({ request: true, id, method, data }));
    return new Promise((resolve) => {
      waiting.set(id, resolve);
    });
  };
};

const show = (track: MediaStreamTrack): void => {
  const video = document.createElement('video');
  video.muted = true;
  video.autoplay = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  document.body.append(video);
};

const join = async (): Promise<void> => {
  const [device, request] = await Promise.all([Device.factory(), connect()]);
  const { rtpCapabilities, transport } = (await request('open', {})) as Opened;
  await device.load({ routerRtpCapabilities: rtpCapabilities });
  const receive = device.createRecvTransport(transport);
  const transportId = receive.id;
  receive.on('connect', ({ dtlsParameters }, done, failed) => {
    const tell = async (): Promise<void> => {
      try {
        await request('connectTransport', { transportId, dtlsParameters });
        done();
      } catch (error) {
        failed(error as Error);
      }
    };
    void tell();
  });
  const wanted = { transportId, rtpCapabilities: device.recvRtpCapabilities };
  const { consumers } = (await request('consume', wanted)) as Consumers;
  const received = await Promise.all(consumers.map((options) => receive.consume(options)));
  for (const { track } of received) if (track.kind === 'video') show(track);
  await request('resume', { transportId });
};

document.querySelector('button')?.addEventListener('click', () => void join());

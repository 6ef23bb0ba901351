// The yardstick: a mediasoup worker with nothing around it but a socket to make transports by.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWorker } from 'mediasoup';
import type { types } from 'mediasoup';
import { WebSocketServer, type WebSocket } from 'ws';
import { mediaCodecs } from '../../../server/media/codecs.ts';
import { serveCalls } from './calls.ts';
import { collectGarbage } from './collect.ts';
import { watchLoop } from './loop.ts';
import type { ServerCalls } from './sides.ts';

/** Frames are those of the product's own socket, so that one client speaks to both. */
interface Frame {
  readonly id: number;
  readonly method: string;
  readonly data: Record<string, unknown>;
}

const workerBin = process.env['MEDIASOUP_WORKER_BIN'];
const worker = await createWorker({ logLevel: 'error', ...(workerBin ? { workerBin } : {}) });
const webRtcServer = await worker.createWebRtcServer({
  listenInfos: (['udp', 'tcp'] as const).map((protocol) => ({ protocol, ip: '127.0.0.1' })),
});
const router = await worker.createRouter({ mediaCodecs });
const idle: types.Router[] = [];
const transports = new Map<string, types.WebRtcTransport>();
const producers: types.Producer[] = [];
const pausedOn = new Map<string, types.Consumer[]>();

const openTransport = async () => {
  const transport = await router.createWebRtcTransport({ webRtcServer });
  transports.set(transport.id, transport);
  const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
  return { id, iceParameters, iceCandidates, dtlsParameters };
};

const transportOf = ({ transportId }: Record<string, unknown>): types.WebRtcTransport => {
  const transport = transports.get(String(transportId));
  if (!transport) throw new Error('No such transport');
  return transport;
};

const methods: Record<string, (data: Record<string, unknown>) => Promise<object>> = {
  open: async () => ({
    rtpCapabilities: router.rtpCapabilities,
    transport: await openTransport(),
  }),
  async connectTransport(data) {
    await transportOf(data).connect({
      dtlsParameters: data['dtlsParameters'] as types.DtlsParameters,
    });
    return {};
  },
  async publish(data) {
    const producer = await transportOf(data).produce({
      kind: data['kind'] as types.MediaKind,
      rtpParameters: data['rtpParameters'] as types.RtpParameters,
    });
    producers.push(producer);
    return {};
  },
  /** A consumer of all that there is, paused until `resume`. */
  async consume(data) {
    const rtpCapabilities = data['rtpCapabilities'] as types.RtpCapabilities;
    const consumers = await Promise.all(
      producers.map(async ({ id: producerId }) => {
        const options = { producerId, rtpCapabilities, paused: true };
        const consumer = await transportOf(data).consume(options);
        return { consumer, producerId };
      }),
    );
    // Nothing else is kept: it would count as the yardstick's memory.
    const paused = consumers.map(({ consumer }) => consumer);
    pausedOn.set(String(data['transportId']), paused);
    return {
      consumers: consumers.map(({ consumer: { id, kind, rtpParameters }, producerId }) => ({
        id,
        producerId,
        kind,
        rtpParameters,
      })),
    };
  },
  async resume(data) {
    const transportId = String(data['transportId']);
    const paused = pausedOn.get(transportId) ?? [];
    pausedOn.delete(transportId);
    await Promise.all(paused.map((consumer) => consumer.resume()));
    return {};
  },
};

const answer = async (socket: WebSocket, { id, method, data }: Frame): Promise<void> => {
  const reply = await methods[method]?.(data);
  socket.send(JSON.stringify({ response: true, id, ok: true, data: reply }));
};

let script = '';
const PAGE =
  '<!doctype html><title>bare</title><button>Join</button><script type=module src=/page.js></script>';
const http = createServer(({ url }, response) => {
  const isScript = url === '/page.js';
  response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
  response.end(isScript ? script : PAGE);
});
http.listen(0, '127.0.0.1');
await once(http, 'listening');
const server = new WebSocketServer({ server: http, perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('message', (text: Buffer) => {
    answer(socket, JSON.parse(text.toString()) as Frame).catch((error: unknown) => {
      console.error(error);
      socket.terminate();
    });
  });
});

serveCalls({
  about: () => ({
    url: `ws://localhost:${(http.address() as AddressInfo).port}`,
    pids: [process.pid, worker.pid],
  }),
  async openRooms(count) {
    for (let index = 0; index < count; index += 1) {
      idle.push(await worker.createRouter({ mediaCodecs }));
    }
  },
  collect: collectGarbage,
  loopDelay: watchLoop(),
  servePage(text) {
    script = text;
  },
  close() {
    worker.close();
    process.exit(0);
  },
} satisfies Omit<ServerCalls, 'close'> & { close(): void });

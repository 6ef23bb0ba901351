import { createSocket } from 'node:dgram';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { decodeMessage } from './stun.ts';
import type { StunMessage } from './stun.ts';

export interface TurnAddress {
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp' | 'tls';
}

/** A way to a TURN server: one question at a time. */
export interface TurnSocket {
  ask(request: Buffer, transaction: Buffer): Promise<StunMessage>;
  close(): void;
}

const answerLimitMs = 4000;
/** UDP may lose a packet (RFC 8489, 6.2.1). */
const repeatEveryMs = 500;

/** `turn:host:port?transport=udp`, `turns:host` (RFC 7065). */
export function parseTurnUrl(url: string): TurnAddress {
  const match = /^(turns?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/.exec(url);
  if (!match) throw new Error('this is no TURN address');
  const [, scheme, host = '', port, transport] = match;
  const secure = scheme === 'turns';
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port: port === undefined ? (secure ? 5349 : 3478) : Number(port),
    transport: secure ? 'tls' : transport === 'tcp' ? 'tcp' : 'udp',
  };
}

export function openTurn(address: TurnAddress): Promise<TurnSocket> {
  return address.transport === 'udp' ? openUdp(address) : openStream(address);
}

function openUdp({ host, port }: TurnAddress): Promise<TurnSocket> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.connect(port, host, () => {
      resolve(
        makeSocket({
          send: (bytes) => socket.send(bytes),
          repeat: true,
          onData: (listener) => socket.on('message', listener),
          onError: (listener) => socket.on('error', listener),
          close: () => socket.close(),
        }),
      );
    });
  });
}

function openStream({ host, port, transport }: TurnAddress): Promise<TurnSocket> {
  return new Promise((resolve, reject) => {
    const tls = transport === 'tls';
    const stream = tls ? connectTls({ host, port, servername: host }) : connectTcp({ host, port });
    stream.setTimeout(answerLimitMs, () => stream.destroy(new Error('no answer')));
    stream.once('error', reject);
    stream.once(tls ? 'secureConnect' : 'connect', () => {
      let received = Buffer.alloc(0);
      resolve(
        makeSocket({
          send: (bytes) => stream.write(bytes),
          repeat: false,
          onData: (listener) =>
            stream.on('data', (chunk: Buffer) => {
              received = Buffer.concat([received, chunk]);
              if (!decodeMessage(received)) return;
              listener(received);
              received = Buffer.alloc(0);
            }),
          onError: (listener) => stream.on('error', listener),
          close: () => stream.destroy(),
        }),
      );
    });
  });
}

interface Wire {
  readonly send: (bytes: Buffer) => void;
  readonly repeat: boolean;
  readonly onData: (listener: (bytes: Buffer) => void) => void;
  readonly onError: (listener: (error: Error) => void) => void;
  readonly close: () => void;
}

interface Waiting {
  readonly transaction: Buffer;
  readonly resolve: (message: StunMessage) => void;
  readonly reject: (error: Error) => void;
}

function makeSocket(wire: Wire): TurnSocket {
  let waiting: Waiting | undefined;
  wire.onData((bytes) => {
    const message = decodeMessage(bytes);
    if (message && waiting?.transaction.equals(message.transaction)) waiting.resolve(message);
  });
  wire.onError((error) => waiting?.reject(error));

  const ask = async (request: Buffer, transaction: Buffer) => {
    const { promise, resolve, reject } = Promise.withResolvers<StunMessage>();
    waiting = { transaction, resolve, reject };
    const repeating = wire.repeat
      ? setInterval(() => wire.send(request), repeatEveryMs)
      : undefined;
    const limit = setTimeout(() => reject(new Error('no answer')), answerLimitMs);
    try {
      wire.send(request);
      return await promise;
    } finally {
      clearInterval(repeating);
      clearTimeout(limit);
    }
  };
  return { ask, close: wire.close };
}

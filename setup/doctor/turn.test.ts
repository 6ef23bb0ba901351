import { createHash, createHmac } from 'node:crypto';
import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { attribute, decodeMessage, messageType } from './stun.ts';
import { parseTurnUrl } from './turn-socket.ts';
import { checkTurn } from './turn.ts';

const secret = 'a secret of sixteen';
const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** As a TURN server answers an Allocate: first 401, then granted if the integrity is right. */
function answer(bytes: Buffer): Buffer {
  const request = decodeMessage(bytes)!;
  const username = request.attributes.get(attribute.username)?.toString();
  if (username === undefined || !isSigned(bytes, username)) {
    return reply(messageType.refused, request.transaction, [
      [attribute.error, Buffer.from([0, 0, 4, 1])],
      [attribute.realm, Buffer.from('roomtone.test')],
      [attribute.nonce, Buffer.from('a nonce')],
    ]);
  }
  const relayed = Buffer.from([0, 1, 0, 0, 0, 0, 0, 0]);
  return reply(messageType.allocated, request.transaction, [[attribute.relayedAddress, relayed]]);
}

function isSigned(bytes: Buffer, username: string): boolean {
  const password = createHmac('sha1', secret).update(username).digest('base64');
  const key = createHash('md5').update(`${username}:roomtone.test:${password}`).digest();
  const signed = bytes.subarray(0, bytes.length - 24);
  return createHmac('sha1', key)
    .update(signed)
    .digest()
    .equals(bytes.subarray(bytes.length - 20));
}

function reply(type: number, transaction: Buffer, attributes: [number, Buffer][]): Buffer {
  const body = Buffer.concat(
    attributes.map(([name, value]) => {
      const head = Buffer.alloc(4);
      head.writeUInt16BE(name, 0);
      head.writeUInt16BE(value.length, 2);
      return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
    }),
  );
  const header = Buffer.alloc(8);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(body.length, 2);
  header.writeUInt32BE(0x2112a442, 4);
  return Buffer.concat([header, transaction, body]);
}

async function udpServer(onMessage: (socket: Socket, bytes: Buffer, port: number) => void) {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  socket.on('message', (bytes, peer) => onMessage(socket, bytes, peer.port));
  closers.push(() => socket.close());
  await once(socket, 'listening');
  return `turn:127.0.0.1:${socket.address().port}`;
}

test('a relay over UDP, though the first packet is lost', async () => {
  let seen = 0;
  const url = await udpServer((socket, bytes, port) => {
    seen += 1;
    if (seen > 1) socket.send(answer(bytes), port, '127.0.0.1');
  });
  expect(await checkTurn({ turn: { urls: [url], secret } })).toMatchObject([{ light: 'green' }]);
});

test('a relay over TCP, in pieces', async () => {
  const server = createServer((stream) => {
    stream.on('error', () => undefined);
    stream.on('data', (bytes: Buffer) => {
      const message = answer(bytes);
      stream.write(message.subarray(0, 10));
      setImmediate(() => stream.write(message.subarray(10)));
    });
  }).listen(0, '127.0.0.1');
  closers.push(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const urls = [`turn:127.0.0.1:${port}?transport=tcp`];
  expect(await checkTurn({ turn: { urls, secret } })).toMatchObject([{ light: 'green' }]);
});

test('a wrong secret is told apart from no server', async () => {
  const url = await udpServer((socket, bytes, port) => {
    socket.send(answer(bytes), port, '127.0.0.1');
  });
  const [refused] = await checkTurn({ turn: { urls: [url], secret: 'another secret here' } });
  expect(refused).toMatchObject({ light: 'red', cure: expect.stringContaining('TURN_SECRET') });
  const [absent] = await checkTurn({ turn: { urls: ['turn:127.0.0.1:9?transport=tcp'], secret } });
  expect(absent).toMatchObject({ light: 'red', cure: expect.stringContaining('TURN_URLS') });
});

test('reads the addresses of RFC 7065', () => {
  expect(parseTurnUrl('turn:t.example')).toEqual({
    host: 't.example',
    port: 3478,
    transport: 'udp',
  });
  expect(parseTurnUrl('turns:[::1]:443?transport=tcp')).toEqual({
    host: '::1',
    port: 443,
    transport: 'tls',
  });
});

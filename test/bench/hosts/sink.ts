// Takes datagrams in and throws them away, on the clients' core.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { serveCalls } from './calls.ts';

export type SinkCalls = { port(): number; close(): void };

const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
socket.on('message', () => {});
socket.bind(0, '127.0.0.1');
await once(socket, 'listening');

serveCalls({
  port: () => socket.address().port,
  close: () => process.exit(0),
} satisfies SinkCalls);

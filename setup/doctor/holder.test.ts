import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isRoomtone, portHolder, socketInodes } from './holder.ts';

test('finds sockets that listen on the port, not connections from it', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1
   1: 0100007F:0BB8 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 222 1
   2: 0100007F:0BB9 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 333 1
`;
  expect(socketInodes(table, 3000)).toEqual(['111']);
});

test('knows its own processes', () => {
  expect(isRoomtone({ pid: 1, command: '/c/mediasoup-worker --logLevel=warn' })).toBe(true);
  expect(isRoomtone({ pid: 1, command: '/usr/bin/node /srv/roomtone/server/main.ts' })).toBe(true);
  expect(isRoomtone({ pid: 1, command: 'nginx: master process' })).toBe(false);
});

test.skipIf(!existsSync('/proc/net/udp'))('names the process behind a port', async () => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  expect(portHolder('udp', socket.address().port)?.pid).toBe(process.pid);
  socket.close();
});

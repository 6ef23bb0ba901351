// What the system calls and the cipher alone cost, measured from Node on the servers' core.
import { createCipheriv, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { packetMix } from '../load/MediaSource.ts';
import { serveCalls } from './calls.ts';

const PACKETS = 300_000;
const BURST = 500;
/** What SRTP adds to a packet under AES-GCM. */
const TAG_BYTES = 16;

export type LimitCalls = {
  /** CPU seconds to send and to encipher one packet of the usual mix. */
  measure(port: number): { sendSeconds: number; protectSeconds: number };
  close(): void;
};

/** One second of a publisher's packets, over and over. */
const packets = packetMix.flatMap(({ bytes, perSecond }) =>
  Array.from({ length: perSecond }, () => randomBytes(bytes + TAG_BYTES)),
);

/** System time only: the path through Node that a worker does not take stays out of it. */
const measureSending = async (port: number): Promise<number> => {
  const socket = createSocket('udp4');
  socket.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const before = process.cpuUsage().system;
  for (let sent = 0; sent < PACKETS;) {
    for (const packet of packets.slice(0, BURST)) {
      socket.send(packet);
      sent += 1;
    }
    await turn();
  }
  const micros = process.cpuUsage().system - before;
  socket.close();
  return micros / 1e6 / PACKETS;
};

/** One cipher for all packets: the work on the bytes, without setting up a key for each. */
const measureProtecting = (): number => {
  const cipher = createCipheriv('aes-128-gcm', randomBytes(16), randomBytes(12));
  const before = process.cpuUsage();
  for (let done = 0; done < PACKETS; done += packets.length) {
    for (const packet of packets) cipher.update(packet);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6 / PACKETS;
};

serveCalls({
  async measure(port: number) {
    return { sendSeconds: await measureSending(port), protectSeconds: measureProtecting() };
  },
  close: () => process.exit(0),
});

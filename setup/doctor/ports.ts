import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { createServer } from 'node:net';
import type { Config } from '../../server/config.ts';
import { isRoomtone, portHolder, programName } from './holder.ts';
import { green, grey, red } from './line.ts';
import type { Line } from './line.ts';

type Protocol = 'tcp' | 'udp';

/** The web port, and one UDP and TCP port per worker for media. */
export async function checkPorts(config: Config): Promise<Line[]> {
  const web =
    config.port === 0
      ? grey('port', 'any free one (PORT is 0)')
      : await checkPort('port', 'PORT', [['tcp', config.port]], config.host);
  if (config.rtc.port === 0) return [web, grey('media ports', 'any free ones (RTC_PORT is 0)')];
  const media = Array.from({ length: config.workers }, (_, n) => config.rtc.port + n);
  const pairs = media.flatMap((port): [Protocol, number][] => [
    ['udp', port],
    ['tcp', port],
  ]);
  return [web, await checkPort('media ports', 'RTC_PORT', pairs, config.rtc.listenIp)];
}

async function checkPort(
  what: string,
  key: string,
  ports: readonly [Protocol, number][],
  host: string,
): Promise<Line> {
  let own = 0;
  for (const [protocol, port] of ports) {
    const problem = await (protocol === 'tcp' ? bindTcp(port, host) : bindUdp(port, host));
    if (problem === undefined) continue;
    const place = `${protocol.toUpperCase()} ${port} on ${host}`;
    if (problem !== 'EADDRINUSE') {
      return red(what, `${place}: ${problem}`, `Set ${key} or the address to one it may open.`);
    }
    const holder = portHolder(protocol, port);
    if (holder && isRoomtone(holder)) own += 1;
    else {
      const by = holder ? `${programName(holder)} (process ${holder.pid})` : 'another program';
      return red(
        what,
        `${place} is taken by ${by}`,
        `Stop that program, or choose another ${key}.`,
      );
    }
  }
  const numbers = [...new Set(ports.map(([, port]) => port))];
  const range = numbers.length > 1 ? `${numbers[0]} to ${numbers.at(-1)}` : String(numbers[0]);
  const protocols = [...new Set(ports.map(([protocol]) => protocol.toUpperCase()))].join(' and ');
  return green(what, `${protocols} ${range} on ${host}: ${own > 0 ? 'used by Roomtone' : 'free'}`);
}

function bindTcp(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(codeOf(error)));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function bindUdp(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    socket.once('error', (error) => resolve(codeOf(error)));
    socket.bind({ port, address: host, exclusive: true }, () => {
      socket.close(() => resolve(undefined));
    });
  });
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.message;
}

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

export interface Holder {
  readonly pid: number;
  readonly command: string;
}

/** Which process has the local port open, as far as Linux lets this user see. */
export function portHolder(protocol: 'tcp' | 'udp', port: number): Holder | undefined {
  const inodes = new Set(
    [protocol, `${protocol}6`].flatMap((table) => socketInodes(read(`/proc/net/${table}`), port)),
  );
  if (inodes.size === 0) return undefined;
  for (const pid of numbers('/proc')) {
    if (numbers(`/proc/${pid}/fd`).some((fd) => inodes.has(linkInode(`/proc/${pid}/fd/${fd}`)))) {
      return { pid, command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim() };
    }
  }
  return undefined;
}

/** The sockets bound to a port, from a table of /proc/net: those that listen, or have no state. */
export function socketInodes(table: string, port: number): string[] {
  const listening = new Set(['0A', '07']);
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '', , state = '']) => {
      const [, hex = ''] = local.split(':');
      return Number.parseInt(hex, 16) === port && listening.has(state);
    })
    .map((fields) => fields[9] ?? '');
}

/** Whether the command line is one of Roomtone's own processes. */
export function isRoomtone(holder: Holder): boolean {
  return /mediasoup-worker|server\/main\.ts/.test(holder.command);
}

/** The program without its arguments, which may hold secrets. */
export function programName(holder: Holder): string {
  return basename(holder.command.split(' ')[0] ?? '');
}

function linkInode(path: string): string {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(path))?.[1] ?? '';
  } catch {
    return '';
  }
}

function numbers(folder: string): number[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

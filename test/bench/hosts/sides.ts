import type { Core } from '../measure/cores.ts';
import { HostProcess } from './HostProcess.ts';

export type SideName = 'ours' | 'bare';

/** What both kinds of server can be asked. */
export type ServerCalls = {
  /** Where clients connect to (WebSocket), and the processes that count. */
  about(): { url: string; pids: number[]; adminKey?: string };
  /** Opens rooms with media and nobody in them; a bare router each on the bare side. */
  openRooms(count: number): Promise<void>;
  /** Collects garbage, so that memory is what is held. */
  collect(): Promise<void>;
  /** Milliseconds that the event loop was late since the last question: p50, p99 and the most. */
  loopDelay(): LoopDelay;
  /** The script of the bare server's page; ours has pages of its own. */
  servePage(script: string): void;
  close(): Promise<void>;
};

export interface LoopDelay {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface Side {
  readonly name: SideName;
  readonly url: string;
  /** Node first, then the worker. */
  readonly pids: readonly number[];
  readonly host: HostProcess<ServerCalls>;
  /** Ours only. */
  readonly adminKey: string;
}

/** A fresh server, by itself on the servers' core. */
export const startSide = async (name: SideName, core: Core = 'server'): Promise<Side> => {
  const host = await HostProcess.start<ServerCalls>(`${name}.ts`, core);
  const { url, pids, adminKey = '' } = await host.call('about');
  return { name, url, pids, host, adminKey };
};

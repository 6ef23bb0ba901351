import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** `all`: wherever there is room, as in real life. */
export type Core = 'server' | 'clients' | 'all';

const NUMBER = { server: 0, clients: 1 } as const;

/** Can the two sides be kept apart on this machine? Without it figures still come, less steady. */
const canPin: boolean =
  availableParallelism() >= 2 && spawnSync('taskset', ['-c', '0,1', 'true']).status === 0;

/** The command line that runs on one core, with all that it starts. */
export const pinTo = (core: Core, command: readonly string[]): string[] =>
  canPin && core !== 'all' ? ['taskset', '-c', String(NUMBER[core]), ...command] : [...command];

export const pinningNote = (): string =>
  canPin ? 'server and clients on a core each' : 'not pinned';

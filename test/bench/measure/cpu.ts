import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ: what /proc counts in, the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** User and system seconds of a process by its schedstat, which counts nanoseconds, thread by thread. */
const fineSeconds = (pid: number): number | undefined => {
  if (read(`/proc/${pid}/schedstat`) === undefined) return undefined;
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.reduce((sum, thread) => {
    const ran = read(`/proc/${pid}/task/${thread}/schedstat`)?.split(' ')[0];
    return sum + Number(ran ?? 0) / 1e9;
  }, 0);
};

/** By its stat, which counts hundredths of a second. */
const coarseSeconds = (pid: number): number => {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) throw new Error(`Process ${pid} is gone`);
  // The name before ") " may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
};

/** CPU seconds, user and system, that a process has used so far. */
export const cpuSeconds = (pid: number): number => fineSeconds(pid) ?? coarseSeconds(pid);

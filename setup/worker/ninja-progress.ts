import { duration } from '../say.ts';

const everyMs = 5000;

/** Turns ninja's `[n/m] …` lines into a percentage with the time left, every few seconds. */
export function ninjaProgress(
  report: (text: string) => void,
  now: () => number = Date.now,
): (line: string) => void {
  const startedAt = now();
  let reportedAt = startedAt;
  return (line) => {
    const match = /^\[(\d+)\/(\d+)\]/.exec(line);
    const at = now();
    if (!match || at - reportedAt < everyMs) return;
    reportedAt = at;
    const done = Number(match[1]);
    const all = Number(match[2]);
    const left = ((at - startedAt) / done) * (all - done);
    report(
      `compiling ${Math.floor((100 * done) / all)} % (${done}/${all}), about ${duration(left)} left`,
    );
  };
}

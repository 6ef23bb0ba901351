import type { ArchiveVerdict } from './judge.ts';

/** Where on its recording's clock a flash or beep may be off. */
const TIME_LIMIT_MS = 60;
/** Sound against picture: less nobody notices (ITU-R BT.1359). */
const SYNC_LIMIT_MS = 40;
/** How long a lost packet may be seen: until the next key frame. */
const CORRUPT_LIMIT_MS = 1000;

/** What is not as it should be, in words; empty: all that had to be there is, and nothing else. */
export const faultsOf = (verdict: ArchiveVerdict): string[] => [
  ...verdict.complaints,
  ...eventFaults(verdict),
  ...pictureFaults(verdict),
  ...soundFaults(verdict),
];

const list = (values: readonly number[]): string => values.map(Math.round).join(' ');

const eventFaults = ({ events, sync }: ArchiveVerdict): string[] => {
  const faults: string[] = [];
  for (const { what, missing, extra, errors } of events) {
    if (missing.length > 0) faults.push(`${what}: seconds ${list(missing)} are missing`);
    if (extra.length > 0) faults.push(`${what}: too much at ${list(extra)} ms`);
    if (Math.abs(errors.maxMs) > TIME_LIMIT_MS) faults.push(`${what}: ${errors.maxMs} ms off`);
  }
  if (sync && Math.abs(sync.maxMs) > SYNC_LIMIT_MS) {
    faults.push(`${events[0]?.what ?? ''}: sound is off by ${sync.maxMs} ms`);
  }
  return faults;
};

const pictureFaults = ({ frames }: ArchiveVerdict): string[] => {
  const faults: string[] = [];
  for (const { what, missing, unexplained, longestCorruptMs } of frames) {
    if (missing > 0) faults.push(`${what}: ${missing} pictures are missing`);
    if (unexplained > 0) faults.push(`${what}: ${unexplained} pictures are corrupt`);
    if (longestCorruptMs > CORRUPT_LIMIT_MS) {
      faults.push(`${what}: corrupt for ${longestCorruptMs} ms`);
    }
  }
  return faults;
};

const soundFaults = ({ sounds }: ArchiveVerdict): string[] => {
  const faults: string[] = [];
  for (const { what, noises, missing } of sounds) {
    if (noises.length > 0) faults.push(`${what}: noise at ${list(noises)} ms`);
    if (missing.length > 0) faults.push(`${what}: no sound at ${list(missing)} ms`);
  }
  return faults;
};

import { join } from 'node:path';
import type { Clock } from '../../base/Clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { OpenTape } from '../../recordings/Tape.ts';
import { DiskTape } from './DiskTape.ts';
import { SyncGate } from './SyncGate.ts';

/** Damage to a header costs a segment at most, and a finished segment is closed for good. */
const SEGMENT_MS = 60_000;

export interface TapesOptions {
  /** Holds a folder for each recording. */
  readonly recordingsDir: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly segmentMs?: number;
}

export const createTapes = ({
  recordingsDir,
  clock,
  logger,
  segmentMs = SEGMENT_MS,
}: TapesOptions): OpenTape => {
  const gate = new SyncGate();
  return (recordingId, now) =>
    DiskTape.create({
      recordingId,
      folder: join(recordingsDir, recordingId),
      now,
      segmentMs,
      clock,
      gate,
      logger: logger.child({ recording: recordingId }),
    });
};

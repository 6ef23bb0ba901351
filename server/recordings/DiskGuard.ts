import type { Static } from 'typebox';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import type { StorageSchema } from '../protocol/recordings.ts';
import { bytesOf, type RecordingRecord } from './RecordingRecord.ts';
import { floorOf, isFull, isLow } from './space.ts';
import type { Vault } from './Vault.ts';

export type Storage = Static<typeof StorageSchema>;

/** More often notices a disk that fills sooner; the floor is there for what comes in between. */
const LOOK_INTERVAL_MS = 2_000;
const HOUR_MS = 3_600_000;

export interface DiskGuardOptions {
  readonly vault: Vault;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Of journals that are not files yet. */
  readonly owedBytes: () => number;
  /** The floor is reached: what records now has to stop. */
  readonly onFull: () => void;
}

/** Keeps an eye on the disk: nothing begins on a full one, and what runs stops while it still can. */
export class DiskGuard {
  readonly #options: DiskGuardOptions;
  readonly #stopLooking: () => void;
  #low = false;

  constructor(options: DiskGuardOptions) {
    this.#options = options;
    this.#stopLooking = options.clock.every(LOOK_INTERVAL_MS, () => {
      if (options.owedBytes() > 0) void this.#look();
    });
  }

  /** AppError `disk_full` when nothing may be begun. */
  async check(): Promise<void> {
    if (!isFull(await this.#options.vault.space(), this.#options.owedBytes())) return;
    throw new AppError('disk_full', 'Too little space is left on the disk to record.');
  }

  async storage(records: readonly RecordingRecord[]): Promise<Storage> {
    const space = await this.#options.vault.space();
    const owedBytes = this.#options.owedBytes();
    const finishedBytes = records.reduce((sum, record) => sum + bytesOf(record), 0);
    const recordedMs = records.reduce((sum, record) => sum + record.durationMs, 0);
    const floorBytes = floorOf(space);
    const leftBytes = Math.max(0, space.freeBytes - owedBytes - floorBytes);
    return {
      recordings: records.length,
      usedBytes: finishedBytes + owedBytes,
      freeBytes: space.freeBytes,
      totalBytes: space.totalBytes,
      floorBytes,
      low: isLow(space, owedBytes),
      hoursLeft: finishedBytes > 0 ? (leftBytes * recordedMs) / finishedBytes / HOUR_MS : null,
    };
  }

  close(): void {
    this.#stopLooking();
  }

  async #look(): Promise<void> {
    const { vault, owedBytes, onFull, logger } = this.#options;
    const space = await vault.space().catch(() => undefined);
    if (!space) return;
    const low = isLow(space, owedBytes());
    if (low && !this.#low) logger.warn({ freeBytes: space.freeBytes }, 'the disk is nearly full');
    this.#low = low;
    if (isFull(space, owedBytes())) onFull();
  }
}

import type { Space } from './Vault.ts';

/** Less free space than this and nothing is recorded; on a small disk a share of it. */
const FLOOR_BYTES = 1024 ** 3;
const FLOOR_SHARE = 0.05;
/** The operator is warned below this share. */
const LOW_SHARE = 0.1;

export const floorOf = ({ totalBytes }: Space): number =>
  Math.round(Math.min(FLOOR_BYTES, totalBytes * FLOOR_SHARE));

/**
 * Is there room to go on? `owedBytes`: journals that are not files yet, each of which will need as
 * much again while it is being finished.
 */
export const isFull = (space: Space, owedBytes: number): boolean =>
  space.freeBytes - owedBytes < floorOf(space);

export const isLow = (space: Space, owedBytes: number): boolean =>
  space.freeBytes - owedBytes < Math.max(2 * floorOf(space), LOW_SHARE * space.totalBytes);

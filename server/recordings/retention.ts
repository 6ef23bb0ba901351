import { bytesOf, type RecordingRecord } from './RecordingRecord.ts';

export interface RetentionRule {
  /** Null: for ever. */
  readonly keepDays: number | null;
  /** Of all recordings together; null: as much as the disk takes. */
  readonly keepBytes: number | null;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** When a recording is to be deleted, milliseconds since 1970; null: never, or it is not done yet. */
export const expiresAt = (record: RecordingRecord, server: RetentionRule): number | null => {
  const keepDays = record.keepDays ?? server.keepDays;
  if (keepDays === null || record.endedAt === null) return null;
  return record.endedAt + keepDays * DAY_MS;
};

/** Which of them have to go now: the old ones, then the oldest until the rest fits. */
export const overdue = (
  records: readonly RecordingRecord[],
  server: RetentionRule,
  now: number,
): RecordingRecord[] => {
  const done = records
    .filter(({ state }) => state === 'ready' || state === 'failed')
    .toSorted((a, b) => b.startedAt - a.startedAt);
  const old = new Set(done.filter((record) => (expiresAt(record, server) ?? Infinity) <= now));
  const kept = done.filter((record) => !old.has(record));
  const byRoom = Map.groupBy(kept, ({ room }) => room.id);
  for (const ofRoom of byRoom.values()) {
    // The newest says what its room's rule is now.
    for (const record of beyond(ofRoom, ofRoom[0]?.keepBytes ?? null)) old.add(record);
  }
  for (const record of beyond(
    kept.filter((one) => !old.has(one)),
    server.keepBytes,
  )) {
    old.add(record);
  }
  return done.filter((record) => old.has(record)).toReversed();
};

/** Of these, newest first, the ones that do not fit. */
const beyond = (
  records: readonly RecordingRecord[],
  keepBytes: number | null,
): RecordingRecord[] => {
  if (keepBytes === null) return [];
  let sum = 0;
  return records.filter((record) => {
    sum += bytesOf(record);
    return sum > keepBytes;
  });
};

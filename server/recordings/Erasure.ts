import type { ErasedFile } from '../protocol/erasures.ts';
import type { ParticipantId, RecordingId, RenderId } from '../protocol/ids.ts';
import { worstGrade } from './grades.ts';
import type { RecordingRecord } from './RecordingRecord.ts';

/** Somebody is, or was, taken out of a recording. Times: milliseconds since 1970. */
export interface Erasure {
  readonly recordingId: RecordingId;
  readonly participantId: ParticipantId;
  readonly askedAt: number;
  /** Null: it was begun, and has to be brought to its end. */
  readonly erasedAt: number | null;
  readonly files: readonly ErasedFile[];
  readonly renders: readonly RenderId[];
}

/** Kept when the recording goes: who is erased stays erased in what comes back from a backup. */
export interface ErasureStore {
  /** Inserts, or replaces the one of this person in this recording. */
  put(erasure: Erasure): Promise<void>;
  /** Oldest first. */
  list(recordingId: RecordingId): Promise<Erasure[]>;
  all(): Promise<Erasure[]>;
  /** What was deleted or replaced before can no longer be read out of the database's own files. */
  scrub(): Promise<void>;
}

export const isIn = ({ people }: RecordingRecord, person: ParticipantId): boolean =>
  people.some(({ participantId }) => participantId === person);

/**
 * The record as if the person had never been there. What is everybody's at once goes, to be made anew;
 * `spared`: names of the renders that the person is not in.
 */
export const withoutPerson = (
  record: RecordingRecord,
  person: ParticipantId,
  spared: ReadonlySet<string>,
): Pick<RecordingRecord, 'people' | 'files' | 'health' | 'startedBy'> => {
  const people = record.people.filter(({ participantId }) => participantId !== person);
  const files = record.files.filter(({ kind, name, participant }) =>
    kind === 'track' ? participant?.id !== person : spared.has(name),
  );
  const health = healthWithout(record, person);
  return { people, files, health, startedBy: starterOf(record, people) };
};

const healthWithout = (
  { health }: RecordingRecord,
  person: ParticipantId,
): RecordingRecord['health'] => {
  if (!health) return null;
  const findings = health.findings.filter(({ participantId }) => participantId !== person);
  const tracks = health.tracks.filter(({ participantId }) => participantId !== person);
  return { grade: worstGrade(findings), findings, tracks };
};

/** A name alone says who started it: kept when it is that of somebody who is still there, or nobody's. */
const starterOf = (
  { startedBy, people }: RecordingRecord,
  left: RecordingRecord['people'],
): string | null => {
  const isNameOf = ({ name }: { name: string }): boolean => name === startedBy;
  return people.some(isNameOf) && !left.some(isNameOf) ? null : startedBy;
};

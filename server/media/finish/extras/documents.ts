import type { Person, RecordedFile } from '../../../protocol/recordings.ts';
import type { ParticipantId } from '../../../protocol/ids.ts';
import type { RecordingRecord } from '../../../recordings/RecordingRecord.ts';
import type { Interval } from '../tracks/intervals.ts';
import type { Happenings } from '../report/EventLog.ts';

const rounded = (intervals: readonly Interval[]): Interval[] =>
  intervals.map(({ fromMs, toMs }) => ({ fromMs: Math.round(fromMs), toMs: Math.round(toMs) }));

/** Who spoke when: `speakers.json`. */
export const speakersDocument = (
  people: readonly Person[],
  spoken: ReadonlyMap<ParticipantId, readonly Interval[]>,
  durationMs: number,
): object => ({
  version: 1,
  durationMs,
  speakers: people.map(({ participantId, name }) => ({
    participantId,
    name,
    turns: rounded(spoken.get(participantId) ?? []),
  })),
});

/** Who was told of the recording, and who answered what: `consent.json`. */
export const consentDocument = (
  record: Pick<RecordingRecord, 'id' | 'startedAt' | 'consentRequired'>,
  people: readonly Person[],
  { told, answers }: Pick<Happenings, 'told' | 'answers'>,
): object => {
  const nameOf = (id: ParticipantId): string =>
    people.find(({ participantId }) => participantId === id)?.name ?? '';
  const moment = (atMs: number) => ({
    atMs: Math.round(atMs),
    at: new Date(record.startedAt + atMs).toISOString(),
  });
  return {
    version: 1,
    recording: record.id,
    consentRequired: record.consentRequired,
    told: told.map(({ participantId, atMs }) => ({
      participantId,
      name: nameOf(participantId),
      ...moment(atMs),
    })),
    answers: answers.map(({ participantId, agreed, atMs }) => ({
      participantId,
      name: nameOf(participantId),
      agreed,
      ...moment(atMs),
    })),
  };
};

/** All other files, with what proves them whole: `checksums.json`. */
export const checksumsDocument = (
  { id, room, startedAt }: Pick<RecordingRecord, 'id' | 'room' | 'startedAt'>,
  files: readonly RecordedFile[],
): object => ({
  version: 1,
  recording: id,
  room,
  startedAt: new Date(startedAt).toISOString(),
  files: files.map(({ name, kind, type, bytes, sha256, durationMs, participant, source }) => ({
    name,
    kind,
    type,
    bytes,
    sha256,
    durationMs,
    participant,
    source,
  })),
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Person, RecordedFile } from '../../../protocol/recordings.ts';
import type { ParticipantId } from '../../../protocol/ids.ts';
import { LAYOUT } from '../../../recordings/layout.ts';
import type { RecordingRecord } from '../../../recordings/RecordingRecord.ts';
import type { Interval } from '../tracks/intervals.ts';
import type { Happenings } from '../report/EventLog.ts';

const rounded = (intervals: readonly Interval[]): Interval[] =>
  intervals.map(({ fromMs, toMs }) => ({ fromMs: Math.round(fromMs), toMs: Math.round(toMs) }));

const SPEAKERS = 'speakers.json';

/** Who spoke when: `speakers.json`. */
export const speakersDocument = (
  people: readonly Person[],
  spoken: ReadonlyMap<string, readonly Interval[]>,
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

const checkSpeakers = Compile(
  Type.Object({
    speakers: Type.Array(
      Type.Object({
        participantId: Type.String(),
        turns: Type.Array(Type.Object({ fromMs: Type.Number(), toMs: Type.Number() })),
      }),
    ),
  }),
);

/** Turns by participant. Nobody's, when the file is not there or not as it should be. */
export const readTurns = async (
  recordingFolder: string,
): Promise<ReadonlyMap<string, readonly Interval[]>> => {
  try {
    const path = join(recordingFolder, LAYOUT.files, SPEAKERS);
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (!checkSpeakers.Check(value)) return new Map();
    return new Map(value.speakers.map(({ participantId, turns }) => [participantId, turns]));
  } catch {
    return new Map();
  }
};

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

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Person, RecordedFile } from '../../../protocol/recordings.ts';
import { ParticipantIdSchema, type ParticipantId } from '../../../protocol/ids.ts';
import { LAYOUT } from '../../../recordings/layout.ts';
import type { RecordingRecord } from '../../../recordings/RecordingRecord.ts';
import type { Interval } from '../tracks/intervals.ts';
import type { Happenings } from '../report/EventLog.ts';

const rounded = (intervals: readonly Interval[]): Interval[] =>
  intervals.map(({ fromMs, toMs }) => ({ fromMs: Math.round(fromMs), toMs: Math.round(toMs) }));

/** What is written of people beside their media, by what it tells. */
export const DOCUMENTS = { speakers: 'speakers.json', consent: 'consent.json' } as const;

/** The sound of an archive. */
export interface Voice {
  readonly participantId: ParticipantId;
  readonly source: 'camera' | 'screen';
  /** Integrated loudness (EBU R 128); null: silence. */
  readonly lufs: number | null;
}

export interface Speech {
  readonly spoken: ReadonlyMap<string, readonly Interval[]>;
  readonly voices: readonly Voice[];
  readonly durationMs: number;
}

/** Who spoke when, and how loud: `speakers.json`. */
export const speakersDocument = (
  people: readonly Person[],
  { spoken, voices, durationMs }: Speech,
): object => ({
  version: 1,
  durationMs,
  speakers: people.map(({ participantId, name }) => ({
    participantId,
    name,
    turns: rounded(spoken.get(participantId) ?? []),
  })),
  voices,
});

const checkSpeakers = Compile(
  Type.Object({
    speakers: Type.Array(
      Type.Object({
        participantId: Type.String(),
        turns: Type.Array(Type.Object({ fromMs: Type.Number(), toMs: Type.Number() })),
      }),
    ),
    voices: Type.Array(
      Type.Object({
        participantId: ParticipantIdSchema,
        source: Type.Enum(['camera', 'screen']),
        lufs: Type.Union([Type.Number(), Type.Null()]),
      }),
    ),
  }),
);

/** Nobody's, when the file is not there or not as it should be. */
export const readSpeech = async (recordingFolder: string): Promise<Omit<Speech, 'durationMs'>> => {
  const value = await readJson(join(recordingFolder, LAYOUT.files, DOCUMENTS.speakers));
  if (!checkSpeakers.Check(value)) return { spoken: new Map(), voices: [] };
  const { speakers, voices } = value;
  return {
    spoken: new Map(speakers.map(({ participantId, turns }) => [participantId, turns])),
    voices,
  };
};

const readJson = async (path: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
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

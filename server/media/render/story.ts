import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { ParticipantId } from '../../protocol/ids.ts';
import type { Source } from '../../protocol/media.ts';
import type { Gap } from '../../protocol/recordings.ts';
import type { RenderSpec } from '../../protocol/renders.ts';
import { LAYOUT } from '../../recordings/layout.ts';
import type { RecordingRecord } from '../../recordings/RecordingRecord.ts';
import { EventLog, type Happenings } from '../finish/report/EventLog.ts';
import { union, type Interval } from '../finish/tracks/intervals.ts';
import { readEvents } from '../journal/readEvents.ts';

/** One person, in stretches of the recording's clock. */
export interface Figure {
  readonly id: ParticipantId;
  readonly name: string;
  /** In the room. */
  readonly stays: readonly Interval[];
  /** Sending pictures of themselves, of a screen; sound that can be heard. */
  readonly camera: readonly Interval[];
  readonly screen: readonly Interval[];
  readonly microphone: readonly Interval[];
  /** Speaking. */
  readonly turns: readonly Interval[];
}

/** What happened, as far as a picture of it has to know. */
export interface Story {
  readonly durationMs: number;
  /** In the order of their first coming. */
  readonly figures: readonly Figure[];
  readonly gaps: readonly Gap[];
}

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

/** `folder`: of the recording. Who is left out by `without` is not in it at all. */
export const readStory = async (
  folder: string,
  record: RecordingRecord,
  { without }: Pick<RenderSpec, 'without'>,
): Promise<Story> => {
  const log = new EventLog();
  for await (const event of readEvents(folder)) log.take(event);
  const happenings = log.finish(record.durationMs);
  const turns = await readTurns(folder);
  const figures = record.people
    .filter(({ participantId }) => !without.includes(participantId))
    .map(({ participantId: id, name, stays }) => ({
      id,
      name,
      stays: union(stays),
      camera: activeOf(happenings, id, ['camera']),
      screen: activeOf(happenings, id, ['screen']),
      microphone: activeOf(happenings, id, ['microphone']),
      turns: turns.get(id) ?? [],
    }));
  return { durationMs: record.durationMs, figures, gaps: record.gaps };
};

const activeOf = (
  { sendings }: Happenings,
  id: ParticipantId,
  sources: readonly Source[],
): Interval[] =>
  union(
    sendings
      .filter(({ participantId, source }) => participantId === id && sources.includes(source))
      .flatMap(({ active }) => active),
  );

/** Nobody's, when the file is not there or not as it should be. */
const readTurns = async (folder: string): Promise<Map<string, Interval[]>> => {
  try {
    const path = join(folder, LAYOUT.files, 'speakers.json');
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (!checkSpeakers.Check(value)) return new Map();
    return new Map(value.speakers.map(({ participantId, turns }) => [participantId, turns]));
  } catch {
    return new Map();
  }
};

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
import { shownOf, type Film, type Shown } from './shownOf.ts';

/** One person, in stretches of the recording's clock. */
export interface Figure {
  readonly id: ParticipantId;
  readonly name: string;
  /** In the room. */
  readonly stays: readonly Interval[];
  /** There are pictures of them, of their screen, to be seen. */
  readonly camera: readonly Shown[];
  readonly screen: readonly Shown[];
  /** Sending sound that can be heard. */
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

/** Pictures of somebody. */
export interface FilmOf extends Film {
  readonly id: ParticipantId;
  readonly source: 'camera' | 'screen';
}

/** A camera of which nothing comes for longer is as good as off; a screen may stand still for hours. */
const PATIENCE_MS = { camera: 3_000, screen: Infinity } as const;

/**
 * `folder`: of the recording. `films`: all that can be shown of it. Who is left out by `without` is not
 * in it at all.
 */
export const readStory = async (
  folder: string,
  record: RecordingRecord,
  { without }: Pick<RenderSpec, 'without'>,
  films: readonly FilmOf[],
): Promise<Story> => {
  const log = new EventLog();
  for await (const event of readEvents(folder)) log.take(event);
  const happenings = log.finish(record.durationMs);
  const turns = await readTurns(folder);
  const shown = (id: ParticipantId, source: FilmOf['source']): Shown[] =>
    shownOf(
      activeOf(happenings, id, source),
      films.filter((film) => film.id === id && film.source === source),
      PATIENCE_MS[source],
    );
  const figures = record.people
    .filter(({ participantId }) => !without.includes(participantId))
    .map(({ participantId: id, name, stays }) => ({
      id,
      name,
      stays: union(stays),
      camera: shown(id, 'camera'),
      screen: shown(id, 'screen'),
      microphone: activeOf(happenings, id, 'microphone'),
      turns: turns.get(id) ?? [],
    }));
  return { durationMs: record.durationMs, figures, gaps: record.gaps };
};

const activeOf = ({ sendings }: Happenings, id: ParticipantId, source: Source): Interval[] =>
  union(
    sendings
      .filter((sending) => sending.participantId === id && sending.source === source)
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

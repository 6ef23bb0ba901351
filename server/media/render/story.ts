import type { ParticipantId } from '../../protocol/ids.ts';
import type { Gap } from '../../protocol/recordings.ts';
import type { RenderSpec } from '../../protocol/renders.ts';
import type { RecordingRecord } from '../../recordings/RecordingRecord.ts';
import { readSpeech } from '../finish/extras/documents.ts';
import { activeOf, readHappenings, sentBy, type Happenings } from '../finish/report/EventLog.ts';
import { subtract, union, type Interval } from '../finish/tracks/intervals.ts';
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
  const happenings = await readHappenings(folder, record.durationMs);
  const { spoken } = await readSpeech(folder);
  const shown = (id: ParticipantId, source: FilmOf['source']): Shown[] =>
    shownOf(
      sentOf(happenings, id, source),
      films.filter((film) => film.id === id && film.source === source),
      PATIENCE_MS[source],
    );
  const figures = record.people
    .filter(({ participantId }) => !without.includes(participantId))
    .map(({ participantId: id, name, stays }) => ({
      id,
      name,
      stays: union(stays).map(fromTheStart),
      camera: shown(id, 'camera'),
      screen: shown(id, 'screen'),
      microphone: activeOf(happenings, id, 'microphone').map(fromTheStart),
      turns: spoken.get(id) ?? [],
    }));
  return { durationMs: record.durationMs, figures, gaps: record.gaps };
};

/** Who was there before a recording is told of to it in its first moment. */
const START_MS = 500;

const fromTheStart = (stretch: Interval): Interval =>
  stretch.fromMs < START_MS ? { ...stretch, fromMs: 0 } : stretch;

/** Track by track, each up to the next, without pauses: each begins with a picture of its own. */
const sentOf = (happenings: Happenings, id: ParticipantId, source: FilmOf['source']): Interval[] =>
  sentBy(happenings, id, source)
    .toSorted((a, b) => a.fromMs - b.fromMs)
    .flatMap(({ fromMs, toMs }, i, all) =>
      subtract([{ fromMs, toMs: Math.min(toMs, all[i + 1]?.fromMs ?? toMs) }], happenings.pauses),
    );

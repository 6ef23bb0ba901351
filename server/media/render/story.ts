import type { ParticipantId } from '../../protocol/ids.ts';
import type { Gap } from '../../protocol/recordings.ts';
import type { RenderSpec } from '../../protocol/renders.ts';
import type { RecordingRecord } from '../../recordings/RecordingRecord.ts';
import { readSpeech } from '../finish/extras/documents.ts';
import { activeOf, readHappenings } from '../finish/report/EventLog.ts';
import { union, type Interval } from '../finish/tracks/intervals.ts';

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

/** `folder`: of the recording. Who is left out by `without` is not in it at all. */
export const readStory = async (
  folder: string,
  record: RecordingRecord,
  { without }: Pick<RenderSpec, 'without'>,
): Promise<Story> => {
  const happenings = await readHappenings(folder, record.durationMs);
  const { spoken } = await readSpeech(folder);
  const figures = record.people
    .filter(({ participantId }) => !without.includes(participantId))
    .map(({ participantId: id, name, stays }) => ({
      id,
      name,
      stays: union(stays),
      camera: activeOf(happenings, id, 'camera'),
      screen: activeOf(happenings, id, 'screen'),
      microphone: activeOf(happenings, id, 'microphone'),
      turns: spoken.get(id) ?? [],
    }));
  return { durationMs: record.durationMs, figures, gaps: record.gaps };
};

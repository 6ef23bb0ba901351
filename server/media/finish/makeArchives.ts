import type { ParticipantId } from '../../protocol/ids.ts';
import {
  buildArchive,
  LEAST_ARCHIVE_MS,
  type BuiltArchive,
  type PlacedTrack,
} from './archive/buildArchive.ts';
import { copyTimeLimitMs } from './archive/copyTimeLimit.ts';
import { proveArchives } from './archive/proveArchives.ts';
import { Handover } from './Handover.ts';
import { planArchives, type ArchivePlan } from './plan/planArchives.ts';
import type { TrackFolder } from '../journal/readJournal.ts';
import type { Survey } from './surveyRecording.ts';
import type { Workshop } from './Workshop.ts';

/** An archive that is done. */
export interface MadeArchive {
  readonly plan: ArchivePlan;
  readonly path: string;
  readonly pictures: number;
  readonly pictureTracks: readonly PlacedTrack[];
  readonly soundTracks: readonly PlacedTrack[];
  readonly droppedPictures: number;
}

export interface ArchivingOptions {
  readonly onBytes: (bytes: number) => void;
}

interface Built extends BuiltArchive {
  readonly plan: ArchivePlan;
  readonly pictureTracks: readonly PlacedTrack[];
  readonly soundTracks: readonly PlacedTrack[];
}

/** What ffmpeg reads at once; more would make the first wait for the last. */
const MAX_PROVED_AT_ONCE = 8;

/** Writes one after the other, while those that are written are proved and delivered. */
export const makeArchives = async (
  survey: Survey,
  workshop: Workshop,
  options: ArchivingOptions,
): Promise<MadeArchive[]> => {
  const plans = planArchives(
    survey.people.map(({ participantId, name }) => ({ id: participantId, name })),
    survey.tracks.map(({ scan }) => scan.track),
  );
  if (survey.durationMs < LEAST_ARCHIVE_MS) return [];
  const handover = new Handover<Built>();
  const made: MadeArchive[] = [];
  const faults: unknown[] = [];
  const write = async (): Promise<void> => {
    for (const plan of plans) {
      if (faults.length > 0) return;
      handover.put(await build(plan, survey, workshop, options));
    }
  };
  const deliver = async (): Promise<void> => {
    for (;;) {
      const built = await handover.take(MAX_PROVED_AT_ONCE);
      if (built.length === 0) return;
      made.push(...(await proveAndDeliver(built, survey, workshop)));
    }
  };
  const noteFault = (error: unknown): void => {
    faults.push(error);
  };
  // Nothing of it may be at work any more when this is over, in good or bad.
  await Promise.all([
    write()
      .catch(noteFault)
      .finally(() => handover.end()),
    deliver().catch(noteFault),
  ]);
  if (faults.length > 0) throw faults[0];
  return made;
};

const build = async (
  plan: ArchivePlan,
  { tracks, durationMs }: Survey,
  workshop: Workshop,
  { onBytes }: ArchivingOptions,
): Promise<Built> => {
  const placedOf = (folders: readonly TrackFolder[]): PlacedTrack[] =>
    tracks.filter(({ scan }) => folders.includes(scan.track));
  const pictureTracks = placedOf(plan.pictures);
  const soundTracks = placedOf(plan.sounds);
  const built = await buildArchive(plan, {
    ...workshop.ffmpeg,
    path: workshop.draft(plan.name),
    durationMs,
    pictures: pictureTracks,
    sounds: soundTracks,
    signal: workshop.signal,
    onBytes,
  });
  return { ...built, plan, pictureTracks, soundTracks };
};

const proveAndDeliver = async (
  all: readonly Built[],
  { durationMs }: Survey,
  workshop: Workshop,
): Promise<MadeArchive[]> => {
  const { signal, ffmpeg } = workshop;
  await proveArchives(
    all.map(({ plan, content }) => ({
      path: workshop.draft(plan.name),
      container: plan.container,
      content,
    })),
    { ...ffmpeg, signal, durationMs, timeLimitMs: copyTimeLimitMs(durationMs * all.length) },
  );
  await workshop.deliver(
    ...all.map(({ plan: { name, participant, source }, type }) => ({
      name,
      kind: 'track' as const,
      participant,
      source,
      type,
      durationMs,
    })),
  );
  return all.map(({ plan, content, pictureTracks, soundTracks, droppedPictures }) => ({
    plan,
    path: workshop.finished(plan.name),
    pictures: content.pictures.packets,
    pictureTracks,
    soundTracks,
    droppedPictures,
  }));
};

export const droppedIn = (
  archives: readonly MadeArchive[],
): { participantId: ParticipantId; pictures: number }[] =>
  archives.map(({ plan, droppedPictures }) => ({
    participantId: plan.participant.id,
    pictures: droppedPictures,
  }));

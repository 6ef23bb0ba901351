import type { ParticipantId } from '../../protocol/ids.ts';
import { buildArchive, type PlacedTrack } from './archive/buildArchive.ts';
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

export const makeArchives = async (
  { tracks, people, durationMs }: Survey,
  workshop: Workshop,
  { onBytes }: ArchivingOptions,
): Promise<MadeArchive[]> => {
  const placedOf = (folders: readonly TrackFolder[]): PlacedTrack[] =>
    tracks.filter(({ scan }) => folders.includes(scan.track));
  const plans = planArchives(
    people.map(({ participantId, name }) => ({ id: participantId, name })),
    tracks.map(({ scan }) => scan.track),
  );
  const made: MadeArchive[] = [];
  for (const plan of plans) {
    const pictures = placedOf(plan.pictures);
    const sounds = placedOf(plan.sounds);
    const { type, ...built } = await buildArchive(plan, {
      ...workshop.ffmpeg,
      path: workshop.draft(plan.name),
      durationMs,
      pictures,
      sounds,
      signal: workshop.signal,
      onBytes,
    });
    await workshop.deliver({
      name: plan.name,
      kind: 'track',
      participant: plan.participant,
      source: plan.source,
      type,
      durationMs,
    });
    made.push({
      plan,
      path: workshop.finished(plan.name),
      pictureTracks: pictures,
      soundTracks: sounds,
      ...built,
    });
  }
  return made;
};

export const droppedIn = (
  archives: readonly MadeArchive[],
): { participantId: ParticipantId; pictures: number }[] =>
  archives.map(({ plan, droppedPictures }) => ({
    participantId: plan.participant.id,
    pictures: droppedPictures,
  }));

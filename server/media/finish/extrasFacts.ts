import { join } from 'node:path';
import type { ParticipantId } from '../../protocol/ids.ts';
import { LAYOUT } from '../../recordings/layout.ts';
import type { RecordingRecord } from '../../recordings/RecordingRecord.ts';
import { readSpeech } from './extras/documents.ts';
import type { MadeArchive } from './makeArchives.ts';
import type { ExtrasFacts } from './makeExtras.ts';
import { archivesOf } from './plan/archivesOf.ts';
import { activeOf, readHappenings } from './report/EventLog.ts';
import type { Survey } from './surveyRecording.ts';
import { subtract, union, type Interval } from './tracks/intervals.ts';

/** From the journals, and what has just been made of them. */
export const factsOfSurvey = (survey: Survey, archives: readonly MadeArchive[]): ExtrasFacts => {
  const spoken = spokenIn(survey);
  const sounding = archives.filter(
    ({ plan, soundTracks }) => plan.isFirst && soundTracks.length > 0,
  );
  return {
    ...survey,
    spoken,
    films: archives
      .filter(({ pictures }) => pictures > 0)
      .map(({ plan: { container, source, participant }, path, pictureTracks }) => ({
        path,
        container,
        source,
        seen: union(pictureTracks.flatMap(({ scan }) => scan.activity)),
        spoken: spoken.get(participant.id) ?? [],
      })),
    sounds: sounding.map(({ path, plan: { container, participant, source } }) => ({
      path,
      container,
      participantId: participant.id,
      source,
    })),
    channels: sounding.some(({ plan }) => plan.source === 'screen') ? 2 : 1,
  };
};

/** From the archives alone, and the documents beside them. */
export const factsOfArchives = async (
  folder: string,
  { people, durationMs, files }: RecordingRecord,
): Promise<ExtrasFacts> => {
  const happenings = await readHappenings(folder, durationMs);
  const { spoken } = await readSpeech(folder);
  const archives = archivesOf(files).map((archive) => ({
    ...archive,
    path: join(folder, LAYOUT.files, archive.name),
  }));
  const sounds = archives
    .filter(({ hasSound }) => hasSound)
    .map((archive) => ({ ...archive, participantId: archive.id }));
  return {
    people,
    durationMs,
    happenings,
    spoken,
    films: archives
      .filter(({ hasPicture }) => hasPicture)
      .map((archive) => ({
        ...archive,
        seen: activeOf(happenings, archive.id, archive.source),
        spoken: spoken.get(archive.id) ?? [],
      })),
    sounds,
    channels: sounds.some(({ source }) => source === 'screen') ? 2 : 1,
  };
};

/** From the loudness of packets; of people whose packets do not tell it, from whose voice stood out. */
const spokenIn = ({
  tracks,
  happenings,
  people,
  durationMs,
}: Survey): ReadonlyMap<ParticipantId, readonly Interval[]> =>
  new Map(
    people.map(({ participantId }) => {
      const own = tracks.filter(
        ({ scan }) =>
          scan.track.info.participantId === participantId && scan.loudestDbov !== undefined,
      );
      const spoken =
        own.length > 0
          ? union(own.flatMap(({ scan }) => scan.speech))
          : (happenings.voices.get(participantId) ?? []);
      return [participantId, subtract(spoken, [{ fromMs: durationMs, toMs: Infinity }])];
    }),
  );

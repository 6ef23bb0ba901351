import { writeFile } from 'node:fs/promises';
import type { ParticipantId } from '../../protocol/ids.ts';
import type { FileKind } from '../../protocol/recordings.ts';
import type { RecordingRecord } from '../../recordings/RecordingRecord.ts';
import { isDiskFull } from './isDiskFull.ts';
import { checksumsDocument, consentDocument, speakersDocument } from './extras/documents.ts';
import { MIX_FILES, mixSound } from './extras/mixSound.ts';
import { makePoster, scenesOf } from './extras/poster.ts';
import type { MadeArchive } from './makeArchives.ts';
import type { Survey } from './surveyRecording.ts';
import { subtract, union, type Interval } from './tracks/intervals.ts';
import type { Workshop } from './Workshop.ts';

/**
 * What everybody gets beside the tracks. Returns what could not be made, in sentences: the tracks are
 * there all the same.
 */
export const makeExtras = async (
  record: RecordingRecord,
  { survey, archives }: { survey: Survey; archives: readonly MadeArchive[] },
  workshop: Workshop,
  onProgress: (share: number) => void,
): Promise<string[]> => {
  const spoken = spokenIn(survey);
  const failures: string[] = [];
  const attempt = async (failure: string, step: Promise<void>): Promise<void> => {
    try {
      await step;
    } catch (error) {
      if (workshop.signal.aborted || (await isDiskFull(error, workshop.folder))) throw error;
      failures.push(failure);
    }
  };
  await attempt(
    'The sound of everybody together could not be made.',
    makeSound(archives, survey, workshop, onProgress),
  );
  await attempt(
    'A picture to show the recording by could not be made.',
    makePicture(archives, spoken, workshop),
  );
  const { people, durationMs, happenings } = survey;
  await deliverDocument(workshop, {
    name: 'speakers.json',
    kind: 'speakers',
    durationMs,
    content: speakersDocument(people, spoken, durationMs),
  });
  if (record.consentRequired || happenings.answers.length > 0) {
    await deliverDocument(workshop, {
      name: 'consent.json',
      kind: 'consent',
      durationMs: null,
      content: consentDocument(record, people, happenings),
    });
  }
  await deliverDocument(workshop, {
    name: 'checksums.json',
    kind: 'manifest',
    durationMs: null,
    content: checksumsDocument(record, workshop.files),
  });
  return failures;
};

const makeSound = async (
  archives: readonly MadeArchive[],
  { durationMs }: Survey,
  workshop: Workshop,
  onProgress: (share: number) => void,
): Promise<void> => {
  const sounding = archives.filter(
    ({ plan, soundTracks }) => plan.isFirst && soundTracks.length > 0,
  );
  const inputs = sounding.map(({ path, plan }) => ({ path, container: plan.container }));
  if (inputs.length === 0 || durationMs === 0) return;
  const peaks = await mixSound(inputs, {
    ...workshop.ffmpeg,
    folder: workshop.bench,
    durationMs,
    channels: sounding.some(({ plan }) => plan.source === 'screen') ? 2 : 1,
    signal: workshop.signal,
    onProgress,
  });
  await workshop.deliver(
    ...MIX_FILES.map(({ name, type }) => ({
      name,
      kind: 'audio' as const,
      participant: null,
      source: null,
      type,
      durationMs,
    })),
  );
  await deliverDocument(workshop, {
    name: 'peaks.json',
    kind: 'peaks',
    durationMs,
    content: peaks,
  });
};

const makePicture = async (
  archives: readonly MadeArchive[],
  spoken: ReadonlyMap<ParticipantId, readonly Interval[]>,
  workshop: Workshop,
): Promise<void> => {
  const films = archives
    .filter(({ pictures }) => pictures > 0)
    .map(({ plan, path, pictureTracks }) => ({
      path,
      container: plan.container,
      source: plan.source,
      seen: union(pictureTracks.flatMap(({ scan }) => scan.activity)),
      spoken: spoken.get(plan.participant.id) ?? [],
    }));
  const path = workshop.draft('poster.jpg');
  const made = await makePoster(scenesOf(films), path, {
    ...workshop.ffmpeg,
    signal: workshop.signal,
  });
  if (!made) return;
  await workshop.deliver({
    name: 'poster.jpg',
    kind: 'poster',
    type: 'image/jpeg',
    participant: null,
    source: null,
    durationMs: null,
  });
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

interface Document {
  readonly name: string;
  readonly kind: FileKind;
  readonly durationMs: number | null;
  readonly content: object;
}

const deliverDocument = async (
  workshop: Workshop,
  { name, kind, durationMs, content }: Document,
): Promise<void> => {
  await writeFile(workshop.draft(name), JSON.stringify(content));
  await workshop.deliver({
    name,
    kind,
    durationMs,
    type: 'application/json',
    participant: null,
    source: null,
  });
};

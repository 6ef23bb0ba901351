import { readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../base/AppError.ts';
import type { ParticipantId } from '../../protocol/ids.ts';
import type { Finished, FinishingNews } from '../../recordings/Finisher.ts';
import { LAYOUT } from '../../recordings/layout.ts';
import type { RecordingRecord } from '../../recordings/RecordingRecord.ts';
import type { FfmpegOptions } from '../ffmpeg.ts';
import { listTracks } from '../journal/readJournal.ts';
import { syncPath } from './archive/durable.ts';
import { droppedIn, makeArchives, type MadeArchive } from './makeArchives.ts';
import { factsOfArchives, factsOfSurvey } from './extrasFacts.ts';
import { makeExtras, type ExtrasReport } from './makeExtras.ts';
import { gapsOf } from './report/gaps.ts';
import { healthOf, remadeHealth } from './report/health.ts';
import { readOutcome, writeOutcome } from './outcome.ts';
import { surveyRecording, type Survey } from './surveyRecording.ts';
import { union } from './tracks/intervals.ts';
import { Workshop } from './Workshop.ts';

export interface FinishOptions extends FfmpegOptions {
  /** Of the recording. */
  readonly folder: string;
  readonly record: RecordingRecord;
  readonly signal: AbortSignal;
  readonly news: FinishingNews;
}

/** How far one is after the first look, and after the archives. */
const SHARE = { surveyed: 0.15, archived: 0.7 };

/**
 * Journals -> archives -> extras. It can be broken off and begun anew at any point: files replace
 * those of the attempt before, and the journals go only when the outcome is safely written down.
 */
export const finishRecording = async (options: FinishOptions): Promise<Finished> => {
  const { folder, record } = options;
  const done = await readOutcome(folder);
  if (done) {
    for (const file of done.files) options.news.onFile(file);
    await removeJournals(folder);
    return done;
  }
  const tracks = await listTracks(folder);
  if (tracks.length === 0) {
    if (record.files.some(({ kind }) => kind === 'track')) return remakeExtras(options);
    await refuseToReplace(folder);
  }
  const all = tracks.reduce((sum, { bytes }) => sum + bytes, 0);
  await refuseWithoutSpace(folder, all);
  const workshop = await Workshop.open(options);
  const { signal } = workshop;
  const survey = await surveyRecording(folder, record, {
    signal,
    onBytes: shareOf(all, (share) => workshop.progress(Math.min(share, 1) * SHARE.surveyed)),
  });
  const archives = await makeArchives(survey, workshop, {
    onBytes: shareOf(all, (share) =>
      workshop.progress(SHARE.surveyed + Math.min(share, 1) * (SHARE.archived - SHARE.surveyed)),
    ),
  });
  const extras = await makeExtras(record, factsOfSurvey(survey, archives), workshop, (share) =>
    workshop.progress(SHARE.archived + share * (1 - SHARE.archived)),
  );
  const finished = { ...reportOf(survey, { archives, extras, record }), files: workshop.files };
  await workshop.clear();
  await writeOutcome(folder, finished);
  await removeJournals(folder);
  workshop.progress(1);
  return finished;
};

/** Of a recording that was finished before: what is not in its list of files is made of what is. */
const remakeExtras = async (options: FinishOptions): Promise<Finished> => {
  const { folder, record } = options;
  const { durationMs, gaps, people } = record;
  const workshop = await Workshop.open(options);
  workshop.keep(record.files);
  const facts = await factsOfArchives(folder, record);
  const extras = await makeExtras(record, facts, workshop, (share) => workshop.progress(share));
  const health = remadeHealth(record.health, extras);
  const finished = { durationMs, gaps, people, health, files: workshop.files };
  await workshop.clear();
  await writeOutcome(folder, finished);
  workshop.progress(1);
  return finished;
};

/** Without journals nothing can be made again; what is there is all there is. */
const refuseToReplace = async (folder: string): Promise<void> => {
  const files = await readdir(join(folder, LAYOUT.files)).catch(() => []);
  if (files.length > 0) throw new Error('The journals are gone, and finished files are not whole');
};

/** Archives are as large as the journals; what else is made is small beside them. */
const SPARE_BYTES = 32 * 1024 * 1024;
/** Of a small disk: recordings stop while a twentieth of it is left for this. */
const SPARE_SHARE = 0.02;

const refuseWithoutSpace = async (folder: string, neededBytes: number): Promise<void> => {
  const { bavail, blocks, bsize } = await statfs(folder);
  const spareBytes = Math.min(SPARE_BYTES, blocks * bsize * SPARE_SHARE);
  if (bavail * bsize > neededBytes + spareBytes) return;
  throw new AppError('disk_full', 'Too little space is left to make the files of this recording');
};

/** Sums up bytes of `all`. */
const shareOf = (all: number, tell: (share: number) => void): ((bytes: number) => void) => {
  let sum = 0;
  return (bytes) => {
    sum += bytes;
    tell(sum / Math.max(all, 1));
  };
};

interface Made {
  readonly archives: readonly MadeArchive[];
  readonly extras: ExtrasReport;
  readonly record: RecordingRecord;
}

const reportOf = (
  { tracks, happenings, people, durationMs, stopped }: Survey,
  { archives, extras, record }: Made,
): Omit<Finished, 'files'> => {
  const { sendings, pauses, movedAtMs } = happenings;
  const journaled = new Set(tracks.map(({ scan }) => scan.track.info.trackId));
  const gaps = gapsOf({
    sendings,
    pauses,
    movedAtMs,
    durationMs,
    activity: union(tracks.flatMap(({ scan }) => scan.activity)),
    // Of who did not agree nothing was to be kept.
    wanted: (trackId) => !record.consentRequired || journaled.has(trackId),
  });
  const nameOf = (id: ParticipantId): string =>
    people.find(({ participantId }) => participantId === id)?.name ?? 'somebody';
  const dropped = droppedIn(archives);
  const health = healthOf({ tracks, gaps, sendings, pauses, nameOf, dropped, extras, stopped });
  return { durationMs, gaps, people, health };
};

const removeJournals = async (folder: string): Promise<void> => {
  await rm(join(folder, LAYOUT.journals), { recursive: true, force: true });
  await syncPath(folder);
};

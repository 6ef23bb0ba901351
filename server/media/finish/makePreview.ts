import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../base/AppError.ts';
import type { PreviewFile } from '../../recordings/Finisher.ts';
import { LAYOUT } from '../../recordings/layout.ts';
import type { FfmpegOptions } from '../ffmpeg.ts';
import { readEvents } from '../journal/readEvents.ts';
import { listTracks, type TrackFolder } from '../journal/readJournal.ts';
import { buildArchive, LEAST_ARCHIVE_MS, type PlacedTrack } from './archive/buildArchive.ts';
import { planArchives, type ArchivePlan } from './plan/planArchives.ts';
import { EventLog } from './report/EventLog.ts';
import { guestsOf } from './report/people.ts';
import { placeTracks } from './surveyRecording.ts';
import { scanTrack } from './tracks/scanTrack.ts';

/** The archives that there would be now; by names that they keep, as people keep their numbers. */
export const planPreviews = async (folder: string): Promise<ArchivePlan[]> => {
  const log = new EventLog();
  for await (const event of readEvents(folder)) log.take(event);
  const tracks = await listTracks(folder);
  const guests = guestsOf(
    log.finish(log.lastMs),
    tracks.map((track) => ({ track, lastMs: track.beginsMs })),
  );
  return planArchives(guests, tracks);
};

export const previewOf = ({
  name,
  participant,
  source,
  codec,
  container,
}: ArchivePlan): PreviewFile => ({
  name,
  participant,
  source,
  type: PREVIEW_TYPES[codec ?? 'opus'] ?? `video/${container.extension}`,
});

/** As far as they are known without a look at the pictures. */
const PREVIEW_TYPES: Readonly<Record<string, string>> = {
  opus: 'audio/webm; codecs="opus"',
  vp8: 'video/webm; codecs="vp8, opus"',
};

export interface PreviewOptions extends FfmpegOptions {
  /** Of the recording. */
  readonly folder: string;
  readonly name: string;
  readonly signal: AbortSignal;
}

/** Makes `preview/<name>` of what is on the disk now. AppError `not_found`. */
export const makePreview = async ({ folder, name, ...options }: PreviewOptions): Promise<void> => {
  const plan = (await planPreviews(folder)).find((candidate) => candidate.name === name);
  if (!plan) throw new AppError('not_found', 'There is no such track in this recording');
  const reading = { signal: options.signal, onBytes: () => undefined };
  const scans = [];
  for (const track of [...plan.pictures, ...plan.sounds])
    scans.push(await scanTrack(track, reading));
  const durationMs = Math.round(scans.reduce((latest, { lastMs }) => Math.max(latest, lastMs), 0));
  if (durationMs < LEAST_ARCHIVE_MS) {
    throw new AppError('not_found', 'Nothing of this track has reached the disk yet');
  }
  const placed = placeTracks(scans, []);
  const placedOf = (folders: readonly TrackFolder[]): PlacedTrack[] =>
    placed.filter(({ scan }) => folders.includes(scan.track));
  const previews = join(folder, LAYOUT.preview);
  await mkdir(previews, { recursive: true });
  const path = join(previews, `${name}.new`);
  await buildArchive(plan, {
    ...options,
    ...reading,
    path,
    durationMs,
    pictures: placedOf(plan.pictures),
    sounds: placedOf(plan.sounds),
  });
  await rename(path, join(previews, name));
};

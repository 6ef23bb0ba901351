import type { Person } from '../../protocol/recordings.ts';
import type { RecordingRecord } from '../../recordings/RecordingRecord.ts';
import { listTracks } from '../journal/readJournal.ts';
import { readEvents } from '../journal/readEvents.ts';
import type { PlacedTrack } from './archive/buildArchive.ts';
import { EventLog, type Happenings } from './report/EventLog.ts';
import { guestsOf, peopleOf } from './report/people.ts';
import { setClocks } from './timing/clocks.ts';
import { scanTrack, type ReadingOptions, type TrackScan } from './tracks/scanTrack.ts';

/** All that is known of a recording after a first look at all of it. */
export interface Survey {
  readonly tracks: readonly PlacedTrack[];
  readonly happenings: Happenings;
  readonly people: readonly Person[];
  readonly durationMs: number;
  /** It was stopped in good order. */
  readonly stopped: boolean;
}

export const surveyRecording = async (
  folder: string,
  { consentRequired }: Pick<RecordingRecord, 'consentRequired'>,
  reading: ReadingOptions,
): Promise<Survey> => {
  const log = new EventLog();
  for await (const event of readEvents(folder)) log.take(event);
  const scans = [];
  for (const track of await listTracks(folder)) scans.push(await scanTrack(track, reading));
  const lastMs = scans.reduce((latest, scan) => Math.max(latest, scan.lastMs), log.lastMs);
  const durationMs = Math.round(log.stoppedMs ?? lastMs);
  const happenings = log.finish(durationMs);
  const guests = guestsOf(happenings, scans);
  return {
    tracks: placeTracks(scans, happenings.movedAtMs),
    happenings,
    people: peopleOf(guests, happenings.answers, consentRequired),
    durationMs,
    stopped: log.stoppedMs !== undefined,
  };
};

/** Puts tracks on the recording's clock. `movedAtMs`: since then they are of another worker. */
export const placeTracks = (
  scans: readonly TrackScan[],
  movedAtMs: readonly number[],
): PlacedTrack[] => {
  const clocks = setClocks(
    scans.map(({ format, stretches, track }) => ({
      clockRate: format.clockRate,
      stretches,
      sender: track.info.participantId,
      worker: movedAtMs.filter((atMs) => atMs <= track.beginsMs).length,
    })),
  );
  return scans.flatMap((scan, i) => {
    const clock = clocks[i];
    return clock ? [{ scan, clock }] : [];
  });
};

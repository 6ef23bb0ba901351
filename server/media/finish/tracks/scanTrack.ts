import { readTrack, type TrackFolder } from '../../journal/readJournal.ts';
import { audioLevelOf } from '../rtp/audioLevel.ts';
import { PacketCounter, RESTART_LOSS } from '../rtp/PacketCounter.ts';
import { streamOf, type StreamFormat } from '../rtp/streamOf.ts';
import { ClockSurvey, type Stretch } from '../timing/ClockSurvey.ts';
import { extend, type Interval } from './intervals.ts';
import { Speech } from './Speech.ts';

/** Nothing for longer than this is a hole: a microphone that is silent still sends now and then. */
export const HOLE_MS = 1_000;

/** What the first look at a track's journal has found; the second one writes. */
export interface TrackScan {
  readonly track: TrackFolder;
  readonly format: StreamFormat;
  /** Of packets, in `index` of the counter; where reordering begins. */
  readonly firstIndex: number;
  readonly packets: number;
  readonly lostPackets: number;
  /** Bytes of the journal that could not be read. */
  readonly damagedBytes: number;
  /** When packets arrived; a hole is between two of them. */
  readonly activity: readonly Interval[];
  readonly stretches: readonly Stretch[];
  readonly speech: readonly Interval[];
  readonly loudestDbov: number | undefined;
  /** The last thing on disk of this track. */
  readonly lastMs: number;
}

export interface ReadingOptions {
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

export const scanTrack = async (
  track: TrackFolder,
  { signal, onBytes }: ReadingOptions,
): Promise<TrackScan> => {
  const format = streamOf(track.info);
  const counter = new PacketCounter(format);
  const survey = new ClockSurvey(format.clockRate);
  const speech = new Speech();
  const activity: { fromMs: number; toMs: number }[] = [];
  let [packets, damagedBytes, lastMs] = [0, 0, track.beginsMs];
  let [lowest, highest] = [Infinity, -Infinity];
  for await (const entry of readTrack(track.folder)) {
    lastMs = Math.max(lastMs, entry.atMs);
    if (entry.type === 'break') {
      damagedBytes += entry.lostBytes;
      continue;
    }
    if (entry.type === 'senderReport') {
      survey.report({ ...entry, rtpTime: counter.unwrap(entry.rtpTimestamp) });
      continue;
    }
    onBytes(entry.rtp.length);
    const arrival = counter.take(entry.rtp, entry.atMs);
    if (!arrival) continue;
    if (packets % 1024 === 0) signal.throwIfAborted();
    packets += 1;
    lowest = Math.min(lowest, arrival.index);
    highest = Math.max(highest, arrival.index);
    survey.packet(arrival);
    extend(activity, entry.atMs, HOLE_MS);
    if (format.audioLevelId !== undefined && arrival.isNewest) {
      const level = audioLevelOf(entry.rtp, format.audioLevelId);
      if (level !== undefined) speech.hear(level, entry.atMs);
    }
  }
  const expected = packets > 0 ? highest - lowest + 1 : 0;
  return {
    track,
    format,
    firstIndex: packets > 0 ? lowest : 0,
    packets,
    lostPackets: Math.max(0, expected - packets - counter.restarts * RESTART_LOSS),
    damagedBytes,
    activity,
    stretches: survey.finish(),
    speech: speech.finish(),
    loudestDbov: speech.loudestDbov,
    lastMs,
  };
};

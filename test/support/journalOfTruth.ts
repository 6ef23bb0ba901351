import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { types } from 'mediasoup';
import {
  encodeEnd,
  encodeHead,
  encodePacket,
  encodeSenderReport,
  RECORD_HEAD_BYTES,
} from '../../server/media/journal/format.ts';
import { segmentName } from '../../server/media/journal/readJournal.ts';
import { writeSegmentHeader } from '../../server/media/journal/segmentHeader.ts';
import type { ParticipantId, RecordingId } from '../../server/protocol/ids.ts';
import { SOURCE_KIND, type Source } from '../../server/protocol/media.ts';
import { LAYOUT } from '../../server/recordings/layout.ts';
import type { TimedEvent, TrackInfo } from '../../server/recordings/Tape.ts';

/** What of it is needed; see `truth/clip.ts`. */
export interface PlayedClip {
  readonly codec: string;
  readonly clockRate: number;
  readonly seconds: number;
  readonly packets: readonly {
    readonly payload: Buffer;
    readonly marker: boolean;
    readonly atMs: number;
  }[];
}

/** How a clip came to be a journal: all that is known of it, and what it went through. */
export interface JournalPlan {
  readonly recordingId: RecordingId;
  readonly participantId: ParticipantId;
  readonly name: string;
  readonly source: Source;
  readonly clip: PlayedClip;
  /** Names the folder. */
  readonly trackId?: string;
  /** Of the clip's zero, and the stretches in which it was sent, on the recording's clock. */
  readonly zeroMs?: number;
  readonly sent: readonly (readonly [fromMs: number, toMs: number])[];
  /** Sender's clock against the recording's. */
  readonly skewPpm?: number;
  readonly delayMs?: number;
  readonly jitterMs?: number;
  /** Share of packets that never come; or which. */
  readonly loss?: number | ((count: number) => boolean);
  /** Share that comes 200 to 600 ms late, and that comes twice. */
  readonly late?: number;
  readonly twice?: number;
  readonly reports?: 'none' | 'good' | 'rough';
  /** Of the worker's clock against the recording's; another worker has another. */
  readonly workerOffsetMs?: number;
  readonly firstSequence?: number;
  readonly firstTimestamp?: number;
  /** Nothing arrives in these; what was under way comes at their ends, all at once. */
  readonly stalls?: readonly (readonly [fromMs: number, toMs: number])[];
  /** RTP times after each stretch of `sent` but the first are shifted by so much. */
  readonly jumpMs?: number;
  /** Loudness of each packet by its capture time, dBov. */
  readonly levelDbov?: (captureMs: number) => number;
  readonly seed?: number;
}

export interface SentTruth {
  readonly captureMs: number;
  readonly payload: Buffer;
  readonly lost: boolean;
}

const PAYLOAD_TYPES: Readonly<Record<string, number>> = {
  opus: 100,
  vp8: 101,
  vp9: 103,
  h264: 105,
  av1: 109,
};
const LEVEL_ID = 10;
/** Of the worker's clock against the recording's. */
const WORKER_OFFSET_MS = 7_654_321;
const REPORT_EVERY_MS = 1_000;

type Written = { atMs: number } & (
  | { rtp: Buffer; captureMs: number; timestamp: number }
  | { report: { rtpTimestamp: number; ntpMs: number } }
);

/** Writes the journal of one track, whole, and returns what was sent. */
export const journalOf = async (
  recordingFolder: string,
  plan: JournalPlan,
): Promise<SentTruth[]> => {
  const info = trackInfo(plan);
  const folder = join(recordingFolder, LAYOUT.journals, info.trackId);
  await mkdir(folder, { recursive: true });
  const { records, sent } = play(plan);
  // In the order of their times.
  const segment = { baseMs: records[0]?.atMs ?? 0, salt: 4711 };
  const header = { recordingId: plan.recordingId, track: info, segment: 0, wallMs: 0, ...segment };
  const parts = records.map((record) => {
    if ('report' in record) return encodeSenderReport(record.report, segment, record.atMs);
    const target = Buffer.alloc(RECORD_HEAD_BYTES + record.rtp.length);
    encodePacket(target, segment, record.rtp, record.atMs);
    return target;
  });
  const end = encodeEnd(segment, records.at(-1)?.atMs ?? 0);
  const bytes = Buffer.concat([encodeHead(writeSegmentHeader(header)), ...parts, end]);
  await writeFile(join(folder, segmentName(0)), bytes);
  return sent;
};

export const writeEvents = async (
  recordingFolder: string,
  events: readonly TimedEvent[],
): Promise<void> => {
  const lines = events
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((event) => `${JSON.stringify(event)}\n`);
  await writeFile(join(recordingFolder, LAYOUT.events), lines.join(''));
};

const trackInfo = ({
  clip,
  source,
  participantId,
  name,
  trackId,
  levelDbov,
}: JournalPlan): TrackInfo => {
  const kind = SOURCE_KIND[source];
  const rtpParameters: types.RtpParameters = {
    codecs: [
      {
        mimeType: `${kind}/${clip.codec}`,
        payloadType: PAYLOAD_TYPES[clip.codec] ?? 96,
        clockRate: clip.clockRate,
        ...(kind === 'audio' && { channels: 2 }),
      },
    ],
    encodings: [{ ssrc: 4_242 }],
    headerExtensions: levelDbov
      ? [{ uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: LEVEL_ID }]
      : [],
  };
  return {
    trackId: trackId ?? crypto.randomUUID(),
    participantId,
    participantName: name,
    source,
    kind,
    rtpParameters,
  };
};

const play = (plan: JournalPlan): { records: Written[]; sent: SentTruth[] } => {
  const { clip, delayMs = 40, jitterMs = 0 } = plan;
  const { loss = 0, late = 0, twice = 0, reports = 'good', jumpMs = 0, stalls = [] } = plan;
  const { firstSequence = 65_000, firstTimestamp = 2 ** 32 - 3 * clip.clockRate } = plan;
  const { workerOffsetMs = WORKER_OFFSET_MS } = plan;
  const random = dice(plan.seed ?? 1);
  const records: Written[] = [];
  const sent: SentTruth[] = [];
  const ticksPerMs = clip.clockRate / 1000;
  const timestampAt = (clipMs: number, stretch: number): number =>
    (firstTimestamp + Math.round((clipMs + stretch * jumpMs) * ticksPerMs)) % 2 ** 32;
  let count = 0;
  for (const [stretch, [fromMs, toMs]] of plan.sent.entries()) {
    for (const { captureMs, clipMs, payload, marker } of playedBetween(plan, fromMs, toMs)) {
      const timestamp = timestampAt(clipMs, stretch);
      const rtp = rtpPacket(plan, {
        sequence: (firstSequence + count) & 0xffff,
        timestamp,
        marker,
        payload,
        captureMs,
      });
      const lost = typeof loss === 'number' ? random() < loss : loss(count);
      count += 1;
      sent.push({ captureMs, payload, lost });
      if (lost) continue;
      const delayedMs = random() < late ? 200 + random() * 400 : random() * jitterMs;
      const dueMs = captureMs + delayMs + delayedMs;
      const stall = stalls.find(([from, to]) => dueMs >= from && dueMs < to);
      const atMs = stall ? stall[1] + (dueMs - stall[0]) / 100 : dueMs;
      records.push({ rtp, atMs, captureMs, timestamp });
      if (random() < twice) records.push({ rtp, atMs: atMs + 5, captureMs, timestamp });
    }
    const arrivals = records.filter((record) => 'rtp' in record);
    const reportsEndMs = reports === 'none' ? 0 : toMs;
    for (let ms = fromMs + 500; ms < reportsEndMs; ms += REPORT_EVERY_MS) {
      const newest = arrivals.findLast(({ atMs }) => atMs <= ms);
      if (!newest) continue;
      const rough = reports === 'rough';
      // A worker that does not know the sender's clock yet takes packets as born at their arrival.
      const bornMs =
        rough && ms - fromMs < 4_000
          ? newest.atMs - 0.3
          : newest.captureMs + (rough ? (random() - 0.5) * 10 : 0);
      const rtpTimestamp =
        (newest.timestamp + Math.round((ms - bornMs) * (clip.clockRate / 1000))) % 2 ** 32;
      records.push({
        report: { rtpTimestamp, ntpMs: ms + workerOffsetMs },
        atMs: ms + 0.3 + random(),
      });
    }
  }
  return { records: records.toSorted((a, b) => a.atMs - b.atMs), sent };
};

/** The clip's packets whose content is of this stretch, the clip begun over as often as it takes. */
function* playedBetween(
  { clip, zeroMs = 0, skewPpm = 0 }: JournalPlan,
  fromMs: number,
  toMs: number,
): Generator<{ captureMs: number; clipMs: number; payload: Buffer; marker: boolean }> {
  const roundMs = clip.seconds * 1000;
  for (let round = Math.floor((fromMs - zeroMs) / roundMs); ; round++) {
    for (const { atMs, payload, marker } of clip.packets) {
      const clipMs = round * roundMs + atMs;
      // A clock that is fast has done with a second before it is over.
      const captureMs = zeroMs + clipMs / (1 + skewPpm / 1e6);
      if (captureMs >= toMs) return;
      if (captureMs >= fromMs) yield { captureMs, clipMs, payload, marker };
    }
  }
}

const rtpPacket = (
  { clip, levelDbov }: JournalPlan,
  packet: {
    sequence: number;
    timestamp: number;
    marker: boolean;
    payload: Buffer;
    captureMs: number;
  },
): Buffer => {
  const header = Buffer.alloc(levelDbov ? 20 : 12);
  header[0] = 0x80 | (levelDbov ? 0x10 : 0);
  header[1] = (packet.marker ? 0x80 : 0) | (PAYLOAD_TYPES[clip.codec] ?? 96);
  header.writeUInt16BE(packet.sequence, 2);
  header.writeUInt32BE(packet.timestamp, 4);
  header.writeUInt32BE(4_242, 8);
  if (levelDbov) {
    header.writeUInt16BE(0xbede, 12);
    header.writeUInt16BE(1, 14);
    header[16] = LEVEL_ID << 4;
    header[17] = -levelDbov(packet.captureMs);
  }
  return Buffer.concat([header, packet.payload]);
};

/** Uniform in [0, 1), the same row for the same seed (mulberry32). */
const dice = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

import type { ParticipantId } from '../../../protocol/ids.ts';
import type { Gap, Grade, Health } from '../../../protocol/recordings.ts';
import type { PlacedTrack } from '../archive/buildArchive.ts';
import { EMPTY_FINDING, worstGrade } from '../../../recordings/grades.ts';
import type { ExtrasReport } from '../makeExtras.ts';
import { subtract, type Interval } from '../tracks/intervals.ts';
import type { Sending } from './EventLog.ts';

type Finding = Health['findings'][number];

export interface HealthFacts {
  readonly tracks: readonly PlacedTrack[];
  readonly gaps: readonly Gap[];
  readonly sendings: readonly Sending[];
  readonly pauses: readonly Interval[];
  readonly nameOf: (id: ParticipantId) => string;
  readonly dropped: readonly { readonly participantId: ParticipantId; readonly pictures: number }[];
  readonly extras: ExtrasReport;
  /** False: nothing says when it should have ended. */
  readonly stopped: boolean;
}

/** Opus hides less; above it words go missing. */
const LOSS_AMBER = 0.01;
const LOSS_RED = 0.05;
const DRIFT_AMBER_PPM = 100;
/** Digital silence is -127; an open microphone in a quiet room is above this. */
const SILENT_DBOV = -60;
/** Less says nothing of a microphone. */
const MIN_SILENT_PACKETS = 500;
/** A worker is replaced within a second or two. */
const MOVE_RED_MS = 5_000;

export const healthOf = (facts: HealthFacts): Health => {
  const findings = [
    ...facts.gaps.flatMap(gapFinding),
    ...facts.tracks.flatMap((track) => trackFindings(track, facts)),
    ...facts.dropped.flatMap((dropped) => droppedFinding(dropped, facts)),
    ...extrasFindings(facts.extras),
    ...(facts.stopped ? [] : [UNSTOPPED]),
  ];
  return {
    grade: worstGrade(findings),
    findings,
    tracks: facts.tracks.map(({ scan, clock }) => ({
      participantId: scan.track.info.participantId,
      source: scan.track.info.source,
      codec: scan.format.codec,
      packets: scan.packets,
      lostPackets: scan.lostPackets,
      driftPpm: clock.driftPpm === null ? null : Math.round(clock.driftPpm * 10) / 10,
      longestGapMs: Math.round(longestHole(scan, facts)),
    })),
  };
};

/** After everything that is made of the tracks was made anew. */
export const remadeHealth = (before: Health | null, extras: ExtrasReport): Health => {
  const kept = (before?.findings ?? []).filter(({ code }) => !REMADE.has(code));
  const findings = [...kept, ...extrasFindings(extras)];
  return { grade: worstGrade(findings), findings, tracks: before?.tracks ?? [] };
};

const EXTRAS = 'extras';
const REMADE: ReadonlySet<string> = new Set([EXTRAS, EMPTY_FINDING]);

const extrasFindings = ({ failures, isEmpty }: ExtrasReport): Finding[] => [
  ...failures.map(failureFinding),
  ...(isEmpty ? [EMPTY] : []),
];

const EMPTY: Finding = {
  grade: 'amber',
  code: EMPTY_FINDING,
  participantId: null,
  detail: 'It is a message, and nothing can be heard in it.',
};

const failureFinding = (detail: string): Finding => {
  return { grade: 'amber', code: EXTRAS, participantId: null, detail };
};

const UNSTOPPED: Finding = {
  grade: 'amber',
  code: 'duration',
  participantId: null,
  detail:
    'The recording was cut off: it ends with the last thing that had reached the disk. What may have followed is not known.',
};

const gapFinding = ({ fromMs, toMs, reason }: Gap): Finding[] => {
  if (reason === 'paused') return [];
  const stretch = `From ${clockTime(fromMs)} to ${clockTime(toMs)}`;
  const detail =
    reason === 'media'
      ? `${stretch} there is no sound or picture: the media worker failed and was replaced.`
      : `${stretch} nothing was received although somebody was sending.`;
  const isShort = reason === 'media' && toMs - fromMs <= MOVE_RED_MS;
  return [{ grade: isShort ? 'amber' : 'red', code: 'gap', participantId: null, detail }];
};

const trackFindings = ({ scan, clock }: PlacedTrack, { nameOf }: HealthFacts): Finding[] => {
  const { participantId, source, kind } = scan.track.info;
  const whose = `The ${SOURCE_WORDS[source]} of ${nameOf(participantId)}`;
  const findings: Finding[] = [];
  const find = (grade: Grade, code: string, detail: string): void => {
    findings.push({ grade, code, participantId, detail });
  };
  const loss = scan.lostPackets / Math.max(1, scan.packets + scan.lostPackets);
  if (loss > LOSS_AMBER) {
    const percent = (loss * 100).toFixed(1);
    find(loss > LOSS_RED ? 'red' : 'amber', 'loss', `${whose} lost ${percent} % of its packets.`);
  }
  const drift = clock.driftPpm ?? 0;
  if (Math.abs(drift) > DRIFT_AMBER_PPM) {
    const way = drift > 0 ? 'fast' : 'slow';
    const ppm = Math.abs(drift).toFixed(0);
    find('amber', 'drift', `${whose} has a clock that runs ${ppm} ppm ${way}; this was corrected.`);
  }
  if (
    kind === 'audio' &&
    scan.loudestDbov !== undefined &&
    scan.loudestDbov <= SILENT_DBOV &&
    scan.packets >= MIN_SILENT_PACKETS
  ) {
    find('amber', 'silent', `${whose} was open but never gave a sound.`);
  }
  if (scan.damagedBytes > 0) {
    const bytes = `${scan.damagedBytes} bytes`;
    find(
      'red',
      'damaged',
      `${whose} could not be read from the disk in whole: ${bytes} were damaged.`,
    );
  }
  return findings;
};

const SOURCE_WORDS = {
  camera: 'camera',
  microphone: 'microphone',
  screen: 'screen',
  screenAudio: "screen's sound",
} as const;

const droppedFinding = (
  { participantId, pictures }: HealthFacts['dropped'][number],
  { nameOf }: HealthFacts,
): Finding[] => {
  if (pictures === 0) return [];
  const what = pictures === 1 ? 'One picture' : `${pictures} pictures`;
  const detail = `${what} of ${nameOf(participantId)} could not be put together, for want of packets: there the picture stands still.`;
  return [{ grade: 'amber', code: 'damaged', participantId, detail }];
};

/** Between two packets, where neither a mute nor a pause explains it. */
const longestHole = (
  { activity, track }: PlacedTrack['scan'],
  { sendings, pauses }: HealthFacts,
): number => {
  const [first, last] = [activity[0], activity.at(-1)];
  if (!first || !last) return 0;
  const span = [{ fromMs: first.fromMs, toMs: last.toMs }];
  const sending = sendings.find(({ trackId }) => trackId === track.info.trackId);
  const explained = sending ? subtract(span, sending.active) : [];
  const holes = subtract(span, [...activity, ...explained, ...pauses]);
  return holes.reduce((longest, { fromMs, toMs }) => Math.max(longest, toMs - fromMs), 0);
};

const pad = (value: number): string => String(value).padStart(2, '0');

/** 0:00, 12:05, 1:02:03. */
const clockTime = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
};

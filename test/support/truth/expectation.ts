import type { TruthClip } from './clip.ts';
import { FRAME_MS } from './picture.ts';
import type { Doubt, TruthTrack } from './TruthPeer.ts';
import type { SentPacket } from './TruthSource.ts';

/** When a recording ran, in times of the process. */
export interface Taping {
  /** Of its own clock. */
  readonly zeroMs: number;
  /** While it ran: what is outside must not be there. */
  readonly kept: readonly Doubt[];
  /** While it began, paused, went on or ended: there things may be had or not. */
  readonly doubts: readonly Doubt[];
}

/** When each packet arrived; absent: it never did. */
export type Arrivals = ReadonlyMap<SentPacket, number>;

/** `must`: has to be there. `may`: can be. Everything else must not. */
export type Duty = 'must' | 'may' | 'never';

/** A flash or a beep. */
export interface ExpectedEvent {
  /** Since the clip's zero. */
  readonly second: number;
  readonly atMs: number;
  readonly duty: Duty;
}

export interface ExpectedFrame {
  /** Since the clip's zero. */
  readonly second: number;
  readonly frame: number;
  readonly atMs: number;
  readonly duty: Duty;
}

const EVENT_MS = 100;

const touches = ([from, to]: Doubt, fromMs: number, toMs: number): boolean =>
  fromMs < to && toMs > from;

export const dutyOf = (
  { doubts }: TruthTrack,
  taping: Taping,
  [fromMs, toMs]: Doubt,
  whole: boolean,
): Duty => {
  const open = [...doubts, ...taping.doubts].some((doubt) => touches(doubt, fromMs, toMs));
  const inside = taping.kept.some(([from, to]) => fromMs >= from && toMs <= to);
  const outside = !taping.kept.some((span) => touches(span, fromMs, toMs));
  if (outside && !open) return 'never';
  return inside && !open && whole ? 'must' : 'may';
};

/**
 * From the moment its content is of to the moment all of it was there: a sender that was held up, or
 * a packet that had to be sent again, is on its way for longer, and may fall on the other side of a cut.
 */
export const spanOf = (
  packets: readonly SentPacket[],
  [fromMs, toMs]: Doubt,
  arrivals: Arrivals,
): Doubt => {
  const times = packets.flatMap((packet) => [
    packet.wroteMs,
    arrivals.get(packet) ?? packet.wroteMs,
  ]);
  return [Math.min(fromMs, ...times), Math.max(toMs, ...times)];
};

/** Of a moment of the clip, by the process. */
const timeOf = ({ sending }: TruthTrack, clipMs: number): number =>
  sending.zeroMs + clipMs / (1 + (sending.skewPpm ?? 0) / 1e6);

/** Flashes or beeps of which anything left. */
export const expectEvents = (
  track: TruthTrack,
  taping: Taping,
  arrivals: Arrivals,
): ExpectedEvent[] => {
  const { clip, sent } = track.sending;
  const perSecond = Map.groupBy(
    clip.packets.filter(({ atMs }) => isOfEvent(clip, atMs)),
    ({ atMs }) => Math.floor(atMs / 1000),
  );
  const bySecond = Map.groupBy(
    sent.filter(({ clipMs }) => isOfEvent(clip, clipMs)),
    ({ clipMs }) => Math.floor(clipMs / 1000),
  );
  return [...bySecond].map(([second, packets]) => {
    const atMs = timeOf(track, second * 1000);
    const span = spanOf(packets, [atMs, atMs + EVENT_MS], arrivals);
    const whole =
      packets.length === perSecond.get(second % clip.seconds)?.length &&
      packets.every((packet) => arrivals.has(packet));
    return { second, atMs, duty: dutyOf(track, taping, span, whole) };
  });
};

const isOfEvent = ({ codec }: TruthClip, clipMs: number): boolean =>
  // The end of a beep comes with the packet after it, for the encoder's delay.
  codec === 'opus' ? clipMs % 1000 <= EVENT_MS : clipMs % 1000 < EVENT_MS;

/**
 * Every picture that left. One has to be there when it and all before it, back to the key frame at
 * the whole second, did arrive.
 */
export const expectFrames = (
  track: TruthTrack,
  taping: Taping,
  arrivals: Arrivals,
): ExpectedFrame[] => {
  const perFrame = countPackets(track);
  const sent = Map.groupBy(track.sending.sent, ({ clipMs }) => clipMs);
  const frames: ExpectedFrame[] = [];
  let chain: Duty = 'may';
  let nextMs = Number.NaN;
  for (const [clipMs, packets] of sent) {
    const whole =
      packets.length === perFrame.get(clipMs % (track.sending.clip.seconds * 1000)) &&
      packets.every((packet) => arrivals.has(packet));
    const atMs = timeOf(track, clipMs);
    const own = dutyOf(track, taping, spanOf(packets, [atMs, atMs + FRAME_MS], arrivals), whole);
    const frame = Math.round((clipMs % 1000) / FRAME_MS);
    // A key frame begins anew; what follows stands on what was before.
    const stands: boolean = frame === 0 || (chain === 'must' && clipMs === nextMs);
    chain = own === 'must' && stands ? 'must' : 'may';
    nextMs = clipMs + FRAME_MS;
    const duty = own === 'must' ? chain : own;
    frames.push({ second: Math.floor(clipMs / 1000), frame, atMs, duty });
  }
  return frames;
};

const countPackets = ({ sending }: TruthTrack): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const { atMs } of sending.clip.packets) counts.set(atMs, (counts.get(atMs) ?? 0) + 1);
  return counts;
};

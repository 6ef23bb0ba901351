import { expect, it } from 'vitest';
import type { CastMember } from './cast.ts';
import type { TruthClip } from './clip.ts';
import type { HeardTrack } from './decodeAudio.ts';
import type { FoundTile, RenderFrame } from './decodeRender.ts';
import { faultsOfRender, judgeRender, type RenderTrial } from './judgeRender.ts';
import { isFlashFrame } from './picture.ts';
import { gridPlaces, largePlace } from './places.ts';

/** A judge who finds no fault in anything is worth nothing: each fault is shown to this one. */

const FRAME = { width: 1280, height: 720 };
const END_MS = 12_000;
const RATE = 30;

const clip = (n: number): TruthClip => ({
  n,
  codec: 'vp8',
  clockRate: 90_000,
  seconds: 32,
  packets: Array.from({ length: 640 }, (_, i) => ({
    payload: Buffer.alloc(1),
    marker: true,
    atMs: i * 50,
  })),
});

/** Sends pictures all the time, in step with the recording. */
const member = (name: string, n: number, hereMs: readonly [number, number]): CastMember => {
  const sent = clip(n)
    .packets.filter(({ atMs }) => atMs >= hereMs[0] && atMs < hereMs[1])
    .map(({ atMs }, i) => ({ sequence: i, dueMs: atMs, wroteMs: atMs, clipMs: atMs }));
  const sending = { clip: clip(n), zeroMs: 0, sent, outlet: undefined };
  return {
    name,
    n,
    acts: (['here', 'camera'] as const).flatMap((what) => [
      { what, on: true, span: [hereMs[0], hereMs[0]] as const },
      { what, on: false, span: [hereMs[1], hereMs[1]] as const },
    ]),
    tracks: [{ source: 'camera', sending, doubts: hereMs.map((ms) => [ms - 120, ms + 120]) }],
  };
};

const cast = [member('Ana', 1, [0, END_MS]), member('Ben', 2, [0, 8_000])];
const audio: HeardTrack = {
  beeps: [],
  noises: [],
  sounding: [],
  startMs: 0,
  endMs: END_MS,
  gaps: [],
  complaints: [],
};

const tile = (box: FoundTile['box'], n: number, atMs: number): FoundTile => {
  const clipMs = Math.floor((atMs + 1) / 50) * 50;
  const code = { n, second: Math.floor(clipMs / 1000), frame: (clipMs % 1000) / 50 };
  const reading = { code, flash: isFlashFrame(code.frame), spoilt: 0, ghost: 0 };
  return { box, reading, hasInitials: false };
};

const times = Array.from({ length: (END_MS * RATE) / 1000 }, (_, i) => (i * 1000) / RATE);

/** A perfect grid, but for what `spoil` makes of the tiles of a moment. */
const frames = (
  spoil: (tiles: FoundTile[], atMs: number) => FoundTile[] = (tiles) => tiles,
): RenderFrame[] =>
  times.map((atMs) => {
    const numbers = atMs < 8_000 ? [1, 2] : [1];
    const places = gridPlaces(numbers.length, FRAME);
    const tiles = numbers.map((n, i) => tile(places[i]!, n, atMs));
    return { atMs, tiles: spoil(tiles, atMs) };
  });

const faults = (seen: RenderFrame[], patch: Partial<RenderTrial> = {}): string[] =>
  faultsOfRender(
    judgeRender({
      layout: 'grid',
      frame: FRAME,
      frames: seen,
      audio,
      cast,
      taping: { zeroMs: 0, kept: [[0, END_MS]], doubts: [[END_MS - 120, END_MS]] },
      ...patch,
    }),
    { least: 5 },
  );

it('finds no fault in a perfect grid', () => {
  expect(faults(frames())).toEqual([]);
});

it('sees people in each other’s places', () => {
  const swapped = frames((tiles) =>
    tiles.map((one, i) => ({ ...one, box: (tiles[1 - i] ?? one).box })),
  );
  expect(faults(swapped).join('\n')).toMatch(/2 where 1 should be/);
});

it('sees a place that is not as large as it should be', () => {
  const small = frames((tiles) =>
    tiles.map((one) => ({ ...one, box: { ...one.box, width: one.box.width - 40 } })),
  );
  expect(faults(small).join('\n')).toMatch(/no tile where 1 should be/);
});

it('sees somebody who stays after they left, and somebody who is missing', () => {
  const ghosts = frames((tiles, atMs) =>
    atMs < 8_000 ? tiles : gridPlaces(2, FRAME).map((box, i) => tile(box, i + 1, atMs)),
  );
  expect(faults(ghosts).join('\n')).toMatch(/2 tiles instead of 1/);
  const gone = frames((tiles, atMs) => (atMs > 5_000 ? tiles.slice(0, 1) : tiles));
  expect(faults(gone).join('\n')).toMatch(/1 tiles instead of 2/);
});

it.for([
  [5_000, /flash 5 of 1 at 5000 ms is \d{3} ms long/],
  [5_300, /Ben camera: 1\d of \d+ pictures are missing/],
] as const)('sees a picture that stands still at %s ms', ([fromMs, other]) => {
  const frozen = frames((tiles, atMs) =>
    atMs < fromMs || atMs > fromMs + 700
      ? tiles
      : tiles.map((one, i) => tile(one.box, i + 1, fromMs)),
  );
  const found = faults(frozen).join('\n');
  expect(found).toMatch(/Ana camera: 1\d of \d+ pictures are missing/);
  expect(found).toMatch(other);
});

it('sees a picture that is late, and a tile with nothing in it', () => {
  const late = frames((tiles, atMs) => tiles.map((one, i) => tile(one.box, i + 1, atMs - 100)));
  expect(faults(late).join('\n')).toMatch(/Ana camera: 100 ms away/);
  const empty = frames((tiles) =>
    tiles.map((one) => ({ ...one, reading: undefined, hasInitials: false })),
  );
  expect(faults(empty).join('\n')).toMatch(/1 is not to be seen/);
});

/** Two people, the second of whom is large from 4 s on, or so much later. */
const speaking = (lateMs: number): RenderFrame[] =>
  frames((tiles, atMs) => {
    if (tiles.length < 2) return [tile({ x: 0, y: 0, ...FRAME }, 1, atMs)];
    const large = atMs >= 4_000 + lateMs ? 2 : 1;
    const strip = { x: 1032, y: 8, width: 240, height: 228 };
    return [tile(largePlace(FRAME), large, atMs), tile(strip, 3 - large, atMs)];
  });

it('sees who is large, and how late', () => {
  const turns = [
    { n: 1, fromMs: 2_000, toMs: 4_000 },
    { n: 2, fromMs: 4_000, toMs: 7_000 },
  ];
  expect(faults(speaking(300), { layout: 'speaker', turns })).toEqual([]);
  expect(faults(speaking(1_200), { layout: 'speaker', turns }).join('\n')).toMatch(/who speaks/);
});

it('hears who should be silent', () => {
  const beep = { atMs: 5_000, lengthMs: 100, n: 2, tone: 5 };
  const heard = { ...audio, beeps: [beep] };
  expect(faults(frames(), { audio: heard, silent: [2] }).join('\n')).toMatch(/nobody should hear/);
});

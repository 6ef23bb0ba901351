import type { Size } from '../../../server/media/render/layouts/Layout.ts';
import { isSo, type CastMember } from './cast.ts';
import type { FoundTile, RenderFrame } from './decodeRender.ts';
import { gridPlaces, isAt, isBeside, largePlace } from './places.ts';
import { screenNumber } from './TruthPeer.ts';

export type Judged = 'grid' | 'speaker' | 'screen' | 'single';

export interface CrowdOptions {
  readonly layout: Judged;
  readonly frame: Size;
  readonly cast: readonly CastMember[];
  /** Of `single`. */
  readonly person?: number;
  /** A time of the recording's clock -> of the process. */
  readonly processMs: (atMs: number) => number;
  /** Times of the process in which pictures may be there or not: a recording begins, or goes on. */
  readonly isOpen: (atMs: number) => boolean;
}

export interface CrowdVerdict {
  readonly frames: number;
  /** Those of which the script says for certain who is in them. */
  readonly judged: number;
  /** What is wrong in how many of them, and when it begins. */
  readonly faults: readonly string[];
  readonly wrong: number;
}

/** Whom the script has at a moment. `camera` undefined: may be seen or not. */
interface Wanted {
  readonly n: number;
  readonly seen: boolean | undefined;
}

const MOST_IN_STRIP = 5;
const MOST_BESIDE_SCREEN = 3;

/** Are exactly those there who should be, each in a place of its own, as large as it should be? */
export const judgeCrowd = (frames: readonly RenderFrame[], options: CrowdOptions): CrowdVerdict => {
  const found = new Map<string, { fromMs: number; count: number }>();
  let [judged, wrong] = [0, 0];
  for (const { atMs, tiles } of frames) {
    const wanted = wantedAt(options, options.processMs(atMs));
    if (!wanted) continue;
    judged += 1;
    const faults = faultsIn(tiles, wanted, options);
    if (faults.length > 0) wrong += 1;
    for (const fault of faults) {
      const before = found.get(fault);
      if (before) before.count += 1;
      else found.set(fault, { fromMs: atMs, count: 1 });
    }
  }
  const faults = [...found].map(
    ([fault, { fromMs, count }]) => `${fault}: ${count} pictures, from ${Math.round(fromMs)} ms on`,
  );
  return { frames: frames.length, judged, faults, wrong };
};

interface Scenery {
  readonly people: readonly Wanted[];
  readonly screens: readonly Wanted[];
}

const wantedAt = (
  { cast, layout, person, isOpen }: CrowdOptions,
  atMs: number,
): Scenery | undefined => {
  const people: Wanted[] = [];
  const screens: Wanted[] = [];
  const open = isOpen(atMs);
  const inOrder = cast.toSorted((a, b) => cameAt(a, atMs) - cameAt(b, atMs));
  for (const member of inOrder) {
    if (layout === 'single' && member.n !== person) continue;
    const here = isSo(member, 'here', atMs);
    if (here === undefined) return undefined;
    if (!here) continue;
    const camera = isSo(member, 'camera', atMs);
    people.push({ n: member.n, seen: open && camera ? undefined : camera });
    if (layout === 'single' || layout === 'speaker') continue;
    const screen = isSo(member, 'screen', atMs);
    if (screen === undefined || (screen && open)) return undefined;
    if (screen) screens.push({ n: screenNumber(member.n), seen: true });
  }
  return { people, screens };
};

/** For this time, if somebody came more than once. */
const cameAt = ({ acts }: CastMember, atMs: number): number =>
  acts.findLast(({ what, on, span }) => what === 'here' && on && span[0] <= atMs)?.span[0] ?? 0;

const faultsIn = (
  tiles: readonly FoundTile[],
  { people, screens }: Scenery,
  { layout, frame }: CrowdOptions,
): string[] => {
  if (layout === 'grid') return gridFaults(tiles, [...screens, ...people], frame);
  if (people.length === 0) return countFaults(tiles, 0);
  if (layout === 'screen' && screens.length > 0) {
    return [
      ...countFaults(tiles, 1 + Math.min(people.length, MOST_BESIDE_SCREEN)),
      ...largeFaults(tiles, frame),
      ...(largest(tiles)?.reading?.code?.n === screens.at(-1)?.n ? [] : ['no screen is large']),
      ...peopleFaults(tiles.slice(1), people, people.length <= MOST_BESIDE_SCREEN),
    ];
  }
  if (people.length === 1) {
    return [
      ...countFaults(tiles, 1),
      ...(tiles.every(({ box }) => isAt(box, { x: 0, y: 0, ...frame })) ? [] : ['not all of it']),
      ...peopleFaults(tiles, people, true),
    ];
  }
  return [
    ...countFaults(tiles, Math.min(people.length, MOST_IN_STRIP + 1)),
    ...largeFaults(tiles, frame),
    ...peopleFaults(tiles, people, people.length <= MOST_IN_STRIP + 1),
  ];
};

const countFaults = ({ length }: readonly FoundTile[], wanted: number): string[] =>
  length === wanted ? [] : [`${length} tiles instead of ${wanted}`];

export const largest = (tiles: readonly FoundTile[]): FoundTile | undefined =>
  tiles.toSorted((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)[0];

const largeFaults = (tiles: readonly FoundTile[], frame: Size): string[] => {
  const large = largest(tiles);
  if (!large || !isAt(large.box, largePlace(frame))) return ['nobody is large'];
  const others = tiles.filter((tile) => tile !== large);
  return others.every(({ box }) => isBeside(box, large.box)) ? [] : ['somebody is not beside'];
};

const gridFaults = (
  tiles: readonly FoundTile[],
  wanted: readonly Wanted[],
  frame: Size,
): string[] => {
  if (tiles.length !== wanted.length) return countFaults(tiles, wanted.length);
  const places = wanted.length === 0 ? [] : gridPlaces(wanted.length, frame);
  return wanted.flatMap(({ n, seen }, i) => {
    const place = places[i];
    const tile = tiles.find(({ box }) => place && isAt(box, place));
    return tile ? tileFaults(tile, { n, seen }) : [`no tile where ${n} should be`];
  });
};

const tileFaults = ({ reading, hasInitials }: FoundTile, { n, seen }: Wanted): string[] => {
  const shown = reading?.code?.n;
  if (shown !== undefined && shown !== n) return [`${shown} where ${n} should be`];
  if (shown === undefined && seen === true) return [`${n} is not to be seen`];
  if (shown !== undefined && seen === false) return [`${n} is seen without a camera`];
  return shown === undefined && !hasInitials ? [`an empty tile for ${n}`] : [];
};

/** Wherever they are. `complete`: there is room for all. */
const peopleFaults = (
  tiles: readonly FoundTile[],
  people: readonly Wanted[],
  complete: boolean,
): string[] => {
  const shown = tiles.flatMap(({ reading }) => (reading?.code ? [reading.code.n] : []));
  const empty = tiles.filter(({ reading, hasInitials }) => !reading?.code && !hasInitials);
  return [
    ...shown.filter((n, i) => shown.indexOf(n) !== i).map((n) => `${n} is there twice`),
    ...shown
      .filter((n) => !people.some((one) => one.n === n))
      .map((n) => `${n} should not be there`),
    ...people.flatMap(({ n, seen }) => {
      if (seen === false && shown.includes(n)) return [`${n} is seen without a camera`];
      return complete && seen === true && !shown.includes(n) ? [`${n} is not to be seen`] : [];
    }),
    ...(empty.length > 0 ? [`${empty.length} empty tiles`] : []),
  ];
};

import type { Doubt, TruthTrack } from './TruthPeer.ts';

/** Something that somebody did, and between which moments others learnt of it. */
export interface Act {
  readonly what: 'here' | 'camera' | 'screen';
  readonly on: boolean;
  readonly span: Doubt;
}

/** One person of a script. */
export interface CastMember {
  readonly name: string;
  /** What the camera and the beeps say; the screen says ten more. */
  readonly n: number;
  readonly acts: readonly Act[];
  readonly tracks: readonly TruthTrack[];
}

/** Two pictures of a render. */
const SLACK_MS = 67;
/** A picture can be shown from the next whole one on, which comes each second. */
const FIRST_PICTURE_MS = 1_100;

/** By the script; undefined: just then it may be either. `atMs`: of the process. */
export const isSo = (
  { acts }: Pick<CastMember, 'acts'>,
  what: Act['what'],
  atMs: number,
): boolean | undefined => {
  let now: boolean | undefined = false;
  for (const act of acts) {
    if (act.what !== what || act.span[0] - SLACK_MS > atMs) continue;
    const late = act.on && what !== 'here' ? FIRST_PICTURE_MS : 0;
    now = act.span[1] + SLACK_MS + late > atMs ? undefined : act.on;
  }
  return now;
};

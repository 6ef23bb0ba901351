import type { NotificationData } from '../protocol/signaling.ts';
import type { AudioLevel } from './MediaRoom.ts';
import type { Track } from './Member.ts';

type Levels = NotificationData<'audioLevels'>['levels'];

/** Finer steps move the meters more smoothly, and cost a message to everybody each. */
const LEVEL_STEP_DB = 5;
/** In a larger room everybody is told who can be heard, but not each change of how loud. */
const MAX_METERED_AUDIENCE = 25;

/** Who can be heard among the tracks of a room, and whose voice stands out. */
export class Voices {
  readonly #tracks: ReadonlyMap<string, Track>;
  /** Tracks that have been heard at all: a silent microphone is nobody speaking. */
  readonly #heard = new Set<string>();
  #dominant: string | undefined;
  #told: string | undefined = '';

  constructor(tracks: ReadonlyMap<string, Track>) {
    this.#tracks = tracks;
  }

  /** The track that stands out; it goes on doing so through silence. */
  get dominant(): Track | undefined {
    if (this.#dominant === undefined || !this.#heard.has(this.#dominant)) return undefined;
    return this.#tracks.get(this.#dominant);
  }

  setDominant(trackId: string): void {
    this.#dominant = trackId;
  }

  /** What to tell an audience of so many; nothing when it would look like what was told last. */
  hear(levels: readonly AudioLevel[], audience: number): Levels | undefined {
    const heard = levels.flatMap(({ trackId, volume }) => {
      const track = this.#tracks.get(trackId);
      this.#heard.add(trackId);
      return track ? [{ participantId: track.memberId, volume }] : [];
    });
    const stepDb = audience > MAX_METERED_AUDIENCE ? Infinity : LEVEL_STEP_DB;
    const looks = heard
      .map(({ participantId, volume }) => `${participantId} ${Math.round(volume / stepDb)}`)
      .toSorted()
      .join();
    if (looks === this.#told) return undefined;
    this.#told = looks;
    return heard;
  }

  /** Somebody came who has not been told: the next report is for all. */
  retell(): void {
    this.#told = undefined;
  }

  forget(trackId: string): void {
    this.#heard.delete(trackId);
  }
}

import type { Clock } from '../base/Clock.ts';
import type { Source } from '../protocol/media.ts';
import type { Member } from '../rooms/Member.ts';
import type { Room } from '../rooms/Room.ts';
import type { Greeter } from './Greeter.ts';

/** Whoever says nothing for so long has said all. */
const SILENCE_MS = 10_000;

export interface SilenceOptions {
  readonly clock: Clock;
  readonly greeter: Greeter | undefined;
  /** Who signs says something, too. */
  readonly isSeen: () => boolean;
  readonly onSilence: () => void;
}

/** Tells when nothing more is said. Returns what ends the watch. */
export const watchSilence = ({
  clock,
  greeter,
  isSeen,
  onSilence,
}: SilenceOptions): (() => void) => {
  let cancel: (() => void) | undefined;
  const wait = (): void => {
    cancel?.();
    cancel = clock.after(SILENCE_MS, () => {
      if (isSeen()) wait();
      else onSilence();
    });
  };
  const onHeard = (others: boolean): void => {
    if (others) wait();
  };
  greeter?.on('heard', onHeard);
  wait();
  return () => {
    cancel?.();
    greeter?.off('heard', onHeard);
  };
};

/** Does somebody send a picture, from one of these sources? */
export const isSeen = (room: Room, identity: string, sources: ReadonlySet<Source>): boolean => {
  const ids = new Set<string>(room.membersOf(identity).map(({ id }) => id));
  return room
    .participants()
    .filter(({ id }) => ids.has(id))
    .some(({ tracks }) =>
      tracks.some(({ kind, source, paused }) => kind === 'video' && sources.has(source) && !paused),
    );
};

/** Who is silent and cannot be reached has gone in the middle of it, and does not come back to send it. */
export const isReached = (callers: readonly Pick<Member, 'connection'>[]): boolean =>
  callers.some(({ connection }) => connection === 'connected');

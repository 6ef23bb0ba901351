import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../parts/Icon.tsx';
import { useLevel } from '../media/useLevel.ts';
import { useCall } from './context.ts';

/** As loud as somebody who talks to the others, not as a keyboard. */
const TALKING = 0.55;
/** More of it in a row is surer, and later. */
const TALKING_STEPS = 6;
const HINT_MS = 6000;

/** Says so, once per muting, when somebody talks into a muted microphone. */
const Listening = ({ track }: { track: MediaStreamTrack }): JSX.Element | null => {
  const level = useLevel(track);
  const [shown, setShown] = useState<'notYet' | 'now' | 'over'>('notYet');
  useEffect(() => {
    let loud = 0;
    return level.subscribe((value) => {
      loud = value > TALKING ? loud + 1 : Math.max(0, loud - 1);
      if (loud >= TALKING_STEPS) setShown((old) => (old === 'notYet' ? 'now' : old));
    });
  }, [level]);
  useEffect(() => {
    if (shown !== 'now') return undefined;
    const timer = setTimeout(() => setShown('over'), HINT_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  if (shown !== 'now') return null;
  return (
    <p class="bar">
      <Icon name="microphoneOff" />
      <span>
        You are muted. Press <kbd>M</kbd> or Unmute to be heard.
      </span>
    </p>
  );
};

export const MutedHint = (): JSX.Element => {
  const { media } = useCall();
  const track = media.microphone.track.value;
  const muted = track !== null && !media.microphone.wanted.value;
  return <div role="status">{muted && <Listening track={track} />}</div>;
};

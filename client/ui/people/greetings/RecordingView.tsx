import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { browserFamily, problemWords } from '../../media/problemWords.ts';
import { useLevel } from '../../media/useLevel.ts';
import { Icon } from '../../parts/Icon.tsx';
import { lengthWords } from './greetingWords.ts';
import { MAX_MS, type GreetingRecorder } from './GreetingRecorder.ts';

const TICK_MS = 250;

const Spoken = ({ since }: { since: number }): JSX.Element => {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const spokenMs = Math.min(MAX_MS, Math.max(0, now - since));
  return (
    <p class="greeting-time" role="timer">
      {lengthWords(spokenMs)} <span class="small-print">of {lengthWords(MAX_MS)}</span>
    </p>
  );
};

/** From the question for the microphone to the last word. */
export const RecordingView = ({
  recorder,
  onAgain,
  onDiscard,
}: {
  recorder: GreetingRecorder;
  onAgain: () => void;
  onDiscard: () => void;
}): JSX.Element => {
  const state = recorder.state.value;
  const track = state.name === 'counting' || state.name === 'recording' ? state.track : null;
  const level = useLevel(track);
  const isOn = state.name === 'recording';
  const main = useRef<HTMLButtonElement>(null);
  // Whoever has no mouse stops with the key that began it.
  useEffect(() => main.current?.focus(), [isOn]);
  const problem =
    state.name === 'failed'
      ? problemWords('microphone', state.problem, browserFamily(navigator.userAgent))
      : null;
  return (
    <>
      <div class="greeting-voice" data-on={isOn}>
        <p role="status">
          {state.name === 'asking' && 'Your browser may ask for the microphone…'}
          {state.name === 'counting' && `Speak in ${state.left}`}
          {isOn && 'Speak now'}
          {problem?.title}
        </p>
        {track !== null && (
          <span class="meter" aria-hidden="true">
            <span class="meter-fill" style={{ '--level': level.value.toFixed(2) }} />
          </span>
        )}
        {isOn && <Spoken since={state.since} />}
      </div>
      {problem && <p class="small-print">{problem.cure}</p>}
      <div class="button-row">
        {isOn && (
          <button ref={main} type="button" class="button primary" onClick={() => recorder.stop()}>
            <Icon name="stop" />
            Stop
          </button>
        )}
        {problem?.retry === true && (
          <button ref={main} type="button" class="button" onClick={onAgain}>
            Try again
          </button>
        )}
        {!isOn && (
          <button type="button" class="button quiet" onClick={onDiscard}>
            Cancel
          </button>
        )}
      </div>
    </>
  );
};

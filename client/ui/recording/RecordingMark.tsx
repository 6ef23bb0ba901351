import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useCall } from '../call/context.ts';
import { RecordingCard } from './RecordingCard.tsx';
import { durationClock, LOOK_SENTENCES, MARK_WORDS } from './words.ts';

/** What is safely on disk, as the server tells it each second; not for screen readers to count along. */
const RecordedTime = (): JSX.Element => {
  const { recording } = useCall();
  return (
    <span class="rec-time" aria-hidden="true">
      {durationClock(recording.status.value?.onDiskMs ?? 0)}
    </span>
  );
};

/** For places where nothing can be pressed. */
export const RecordingBadge = (): JSX.Element | null => {
  const look = useCall().recording.look.value;
  if (look === null) return null;
  return (
    <span class="rec" data-look={look}>
      <span class="rec-dot" aria-hidden="true" />
      {MARK_WORDS[look]}
      <RecordedTime />
    </span>
  );
};

/** Below the mark, as far as the screen is wide enough. */
const placeCard = (id: string, mark: HTMLElement): void => {
  const { left } = mark.getBoundingClientRect();
  document.getElementById(id)?.style.setProperty('--mark-left', `${Math.round(left)}px`);
};

/** Shown to everybody while a call is recorded, wherever they are in it; says more when pressed. */
export const RecordingMark = (): JSX.Element => {
  const { recording } = useCall();
  const look = recording.look.value;
  const id = useId();
  const sentence = look === null ? '' : LOOK_SENTENCES[look];
  return (
    <>
      {look !== null && (
        <>
          <button
            type="button"
            class="rec rec-mark"
            data-look={look}
            popovertarget={id}
            onClick={({ currentTarget }) => placeCard(id, currentTarget)}
            title={`${recording.origin.value} It is being kept.`}
          >
            <span class="rec-dot" aria-hidden="true" />
            <span>
              {MARK_WORDS[look]}
              <span class="vh">: {sentence}</span>
            </span>
            <RecordedTime />
          </button>
          <RecordingCard id={id} look={look} />
        </>
      )}
      <span class="vh" role="status">
        {sentence}
      </span>
    </>
  );
};

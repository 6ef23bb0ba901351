import type { JSX } from 'preact';
import { useCall } from '../call/context.ts';
import { LOOK_SENTENCES, type Look } from './words.ts';

const KEPT_WORDS = {
  recording: 'The time on the mark is safely on the server’s disk, and is kept whatever happens.',
  paused: 'Nothing is recorded now. What was said before is kept.',
  stalled: 'The time on the mark is kept. What is said now may be lost.',
  passing: 'What is recorded is kept on the server.',
} as const satisfies Record<Look, string>;

/** One's own part in a recording that asks for consent, and the way to change it. */
const OwnConsent = (): JSX.Element | null => {
  const { recording } = useCall();
  const out = recording.leavesMeOut.value;
  if (recording.status.value?.consentRequired !== true) return null;
  return (
    <div class="rec-consent">
      <p>
        {out
          ? 'You are not recorded: the others hear and see you, the recording does not.'
          : 'You are recorded, because you agreed to it.'}
      </p>
      <button type="button" class="button small" onClick={() => recording.answer(out)}>
        {out ? 'Record me' : 'Do not record me'}
      </button>
    </div>
  );
};

/** On a small screen there is no place for this among the controls. */
const PauseHere = ({ look }: { look: Look }): JSX.Element | null => {
  const { recording, store } = useCall();
  if (store.self.value?.canRecord !== true || look === 'passing') return null;
  return (
    <button
      type="button"
      class="button small rec-pause"
      aria-busy={recording.busy.value}
      onClick={() => recording.togglePause()}
    >
      {look === 'paused' ? 'Resume recording' : 'Pause recording'}
    </button>
  );
};

/** Who records, since when, what becomes of it, and what one can do about it. */
export const RecordingCard = ({ id, look }: { id: string; look: Look }): JSX.Element => (
  <div class="rec-card" id={id} popover="auto" role="group" aria-label="About the recording">
    <p class="rec-title">{LOOK_SENTENCES[look]}</p>
    <p>{useCall().recording.origin.value}</p>
    <p>{KEPT_WORDS[look]}</p>
    <PauseHere look={look} />
    <OwnConsent />
  </div>
);

import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Greeting } from '../../../../server/protocol/greetings.ts';
import { Icon } from '../../parts/Icon.tsx';
import { showToast } from '../../parts/toasts.ts';
import { recentWords } from '../../parts/when.ts';
import { failureWords } from '../failureWords.ts';
import { EndForm } from './EndForm.tsx';
import { endWords, isOver, KIND_TITLES, languageWords, lengthWords } from './greetingWords.ts';
import { PlayButton } from './PlayButton.tsx';
import { greetingsClient } from './useGreetings.ts';

/** One that is kept. */
export const GreetingRow = ({
  greeting,
  onChanged,
  onDeleted,
}: {
  greeting: Greeting;
  onChanged: () => Promise<void>;
  onDeleted: () => Promise<void>;
}): JSX.Element => {
  const { kind, language, durationMs, updatedAt, url } = greeting;
  const [busy, setBusy] = useState(false);
  const [ending, setEnding] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const now = Date.now();
  const end = endWords(greeting, now);
  const what = `${KIND_TITLES[kind]}, ${languageWords(language)}`;
  const again = isOver(greeting, now);
  const endLabel = again ? 'Use again' : 'Change the end';
  const stopEnding = () => {
    setEnding(false);
    opener.current?.focus();
  };
  const remove = async () => {
    if (busy) return;
    setBusy(true);
    try {
      await greetingsClient.remove(greeting);
      showToast('The greeting is deleted.', { topic: 'greetings' });
    } catch (error) {
      showToast(failureWords(error), { kind: 'error', topic: 'greetings' });
    } finally {
      setBusy(false);
      await onDeleted();
    }
  };
  return (
    <li class="greeting-kept">
      <span class="pp-words">
        <span>
          {languageWords(language)} · {lengthWords(durationMs)}
        </span>
        {end !== null && <span class={again ? 'error-text' : 'greeting-end'}>{end}</span>}
        <span class="small-print">Recorded: {recentWords(updatedAt, now)}</span>
      </span>
      <span class="pp-actions">
        {/* The address stays when it is recorded anew, the sound does not. */}
        <PlayButton key={updatedAt} src={`${url}#${updatedAt}`} what={what} />
        {end !== null && (
          <button
            ref={opener}
            type="button"
            class="button small quiet"
            aria-label={`${endLabel}: ${what}`}
            aria-expanded={ending}
            onClick={() => setEnding(!ending)}
          >
            <Icon name="pencil" />
            {endLabel}
          </button>
        )}
        <button
          type="button"
          class="button small quiet"
          aria-label={`Delete: ${what}`}
          aria-busy={busy}
          onClick={() => void remove()}
        >
          <Icon name="bin" />
          Delete
        </button>
      </span>
      {ending && (
        <EndForm
          greeting={greeting}
          label={`${endLabel}: ${what}`}
          onKept={async () => {
            await onChanged();
            showToast('Kept.', { topic: 'greetings' });
            stopEnding();
          }}
          onCancel={stopEnding}
        />
      )}
    </li>
  );
};

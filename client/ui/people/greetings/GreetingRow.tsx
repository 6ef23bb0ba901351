import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Greeting } from '../../../../server/protocol/greetings.ts';
import { Icon } from '../../parts/Icon.tsx';
import { showToast } from '../../parts/toasts.ts';
import { recentWords } from '../../parts/when.ts';
import { failureWords } from '../failureWords.ts';
import { endWords, isOver, KIND_TITLES, languageWords, lengthWords } from './greetingWords.ts';
import { PlayButton } from './PlayButton.tsx';
import { greetingsClient } from './useGreetings.ts';

/** One that is kept. */
export const GreetingRow = ({
  greeting,
  onDeleted,
}: {
  greeting: Greeting;
  onDeleted: () => Promise<void>;
}): JSX.Element => {
  const { kind, language, durationMs, updatedAt, url } = greeting;
  const [busy, setBusy] = useState(false);
  const now = Date.now();
  const end = endWords(greeting, now);
  const what = `${KIND_TITLES[kind]}, ${languageWords(language)}`;
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
        {end !== null && (
          <span class={isOver(greeting, now) ? 'error-text' : 'greeting-end'}>{end}</span>
        )}
        <span class="small-print">Recorded: {recentWords(updatedAt, now)}</span>
      </span>
      <span class="pp-actions">
        {/* The address stays when it is recorded anew, the sound does not. */}
        <PlayButton key={updatedAt} src={`${url}#${updatedAt}`} what={what} />
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
    </li>
  );
};

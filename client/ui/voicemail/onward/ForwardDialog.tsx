import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import type { Person } from '../../../../server/protocol/people.ts';
import type { Voicemail } from '../../../../server/protocol/voicemail.ts';
import { VoicemailClient } from '../../../core/VoicemailClient.ts';
import { Dialog } from '../../parts/Dialog.tsx';
import { showToast } from '../../parts/toasts.ts';
import { peopleClient } from '../../people/client.ts';
import { watchedFetch } from '../../people/session.ts';
import { callerName } from '../inbox/messageWords.ts';
import { refusedForwardWords } from './onwardWords.ts';

const client = new VoicemailClient({ fetch: watchedFetch });

const usePeople = (): readonly Person[] => {
  const [people, setPeople] = useState<readonly Person[]>([]);
  useEffect(() => {
    peopleClient.people({ limit: 100 }).then(
      ({ items }) => setPeople(items),
      // A name can be typed all the same.
      () => undefined,
    );
  }, []);
  return people;
};

/** To whom a message is to go, too, and with which words. */
export const ForwardDialog = ({
  message,
  onClose,
}: {
  message: Voicemail;
  onClose: () => void;
}): JSX.Element => {
  const [to, setTo] = useState('');
  const [comment, setComment] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const people = usePeople();
  const id = useId();
  const send = async (event: Event) => {
    event.preventDefault();
    if (to.trim() === '' || busy) return;
    setBusy(true);
    try {
      await client.forward(message, {
        to: to.trim(),
        ...(comment.trim() !== '' && { comment: comment.trim() }),
      });
      showToast(`The message is in the mailbox of ${to.trim()}, too.`);
      onClose();
    } catch (error) {
      setProblem(refusedForwardWords(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={`Forward the message of ${callerName(message)}`} onClose={onClose}>
      <form onSubmit={(event) => void send(event)} noValidate>
        <div class="field">
          <label for={`${id}-to`}>To (user name)</label>
          <input
            id={`${id}-to`}
            class="input"
            list={`${id}-people`}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            maxLength={64}
            value={to}
            aria-invalid={problem !== null}
            aria-describedby={`${id}-problem`}
            onInput={(event) => {
              setTo(event.currentTarget.value);
              setProblem(null);
            }}
          />
          <datalist id={`${id}-people`}>
            {people.map(({ name, displayName }) => (
              <option key={name} value={name}>
                {displayName}
              </option>
            ))}
          </datalist>
          <p id={`${id}-problem`} class="error-text" role="status">
            {problem}
          </p>
        </div>
        <div class="field">
          <label for={`${id}-comment`}>What you want to say to it (optional)</label>
          <textarea
            id={`${id}-comment`}
            class="input"
            maxLength={500}
            rows={3}
            value={comment}
            onInput={(event) => setComment(event.currentTarget.value)}
          />
        </div>
        <div class="button-row">
          <button type="submit" class="button primary" aria-busy={busy}>
            Forward
          </button>
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
};

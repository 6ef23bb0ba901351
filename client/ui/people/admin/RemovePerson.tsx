import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { User } from '../../../../server/protocol/people.ts';
import { Dialog } from '../../parts/Dialog.tsx';
import { showToast } from '../../parts/toasts.ts';
import { failureWords } from '../failureWords.ts';
import { peopleClient } from '../client.ts';

/** Asks once more: nothing brings an account back. */
export const RemovePerson = ({
  user: { name, displayName },
  onClose,
  onRemoved,
}: {
  user: User;
  onClose: () => void;
  onRemoved: () => Promise<void>;
}): JSX.Element => {
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    if (busy) return;
    setBusy(true);
    try {
      await peopleClient.removeUser(name);
      onClose();
      showToast(`${displayName} is removed.`);
      await onRemoved();
    } catch (error) {
      setBusy(false);
      showToast(failureWords(error), { kind: 'error' });
    }
  };
  return (
    <Dialog title={`Remove ${displayName}?`} onClose={onClose}>
      <p>
        The account @{name} goes for good, with its settings, rules and list of calls. They are
        signed out everywhere, and nobody can call them any more.
      </p>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          Keep
        </button>
        <button type="button" class="button danger" aria-busy={busy} onClick={() => void remove()}>
          Remove for good
        </button>
      </div>
    </Dialog>
  );
};

import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { ErasureResource } from '../../../../server/protocol/erasures.ts';
import type { Person, RecordingResource } from '../../../../server/protocol/recordings.ts';
import { Dialog } from '../../parts/Dialog.tsx';
import { showToast } from '../../parts/toasts.ts';
import { recordingsClient } from '../client.ts';
import { Receipt } from './Receipt.tsx';

/** Takes one person out of the recording, after asking: it cannot be undone. */
export const ErasePerson = ({
  recording: { id, state, participants },
  bearer,
  onErased,
}: {
  recording: RecordingResource;
  bearer: string;
  onErased: () => Promise<void>;
}): JSX.Element | null => {
  const [chosen, setChosen] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const [receipt, setReceipt] = useState<ErasureResource | null>(null);
  const field = useId();
  const person =
    participants.find(({ participantId }) => participantId === chosen) ?? participants[0];
  const canErase = state === 'ready' && participants.length > 1;
  if (receipt === null && !canErase) return null;
  return (
    <section class="rp-part" aria-labelledby="rp-erase">
      <h2 id="rp-erase">Erase a person</h2>
      {receipt !== null && <Receipt receipt={receipt} />}
      {canErase && person && (
        <>
          <p class="soft">
            Takes one person out of everything: their own files, the sound of all, every video that
            they are in, and their name. What the others share is made again without them.
          </p>
          <div class="rp-share">
            <div class="field">
              <label for={field}>Who</label>
              <select
                id={field}
                class="select"
                value={person.participantId}
                onChange={(event) => setChosen(event.currentTarget.value)}
              >
                {participants.map(({ participantId, name }) => (
                  <option key={participantId} value={participantId}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
            <button type="button" class="button" onClick={() => setAsking(true)}>
              Erase…
            </button>
          </div>
        </>
      )}
      {asking && person && (
        <EraseDialog
          person={person}
          onClose={() => setAsking(false)}
          onErase={async () => {
            setReceipt(await recordingsClient.erase(id, bearer, person.participantId));
            setAsking(false);
            setChosen(null);
            await onErased();
          }}
        />
      )}
    </section>
  );
};

const EraseDialog = ({
  person: { name },
  onErase,
  onClose,
}: {
  person: Person;
  onErase: () => Promise<void>;
  onClose: () => void;
}): JSX.Element => {
  const [busy, setBusy] = useState(false);
  const words = useId();
  const erase = async () => {
    if (busy) return;
    setBusy(true);
    try {
      await onErase();
    } catch {
      setBusy(false);
      showToast('They could not be erased. Please try again.', { kind: 'error' });
    }
  };
  return (
    <Dialog title={`Erase ${name}?`} describedBy={words} onClose={onClose}>
      <p id={words}>
        {name} is taken out of this recording for good. This cannot be undone, and there is no copy.
        Copies that others have downloaded are not reached.
      </p>
      <div class="button-row">
        <button type="button" class="button danger" aria-busy={busy} onClick={() => void erase()}>
          Erase for good
        </button>
        <button type="button" class="button" onClick={onClose}>
          Keep
        </button>
      </div>
    </Dialog>
  );
};

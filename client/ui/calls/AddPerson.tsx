import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CallState } from '../../../server/protocol/calls.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { centre } from './centre.ts';
import type { Leg } from './Leg.ts';
import { orToast } from './orToast.ts';
import { PersonPicker } from './PersonPicker.tsx';

export const AddPerson = ({
  leg,
  call,
  onClose,
}: {
  leg: Leg;
  call: CallState;
  onClose: () => void;
}): JSX.Element => {
  const [chosen, setChosen] = useState<string | null>(null);
  const add = () => {
    if (chosen === null) return;
    onClose();
    void orToast(centre.client.add(call.id, chosen));
  };
  return (
    <Dialog title="Add somebody to the call" onClose={onClose}>
      <PersonPicker without={leg.names} chosen={chosen} onChoose={setChosen} />
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" class="button primary" disabled={chosen === null} onClick={add}>
          Ring them
        </button>
      </div>
    </Dialog>
  );
};

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CallState } from '../../../server/protocol/calls.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Icon } from '../parts/Icon.tsx';
import { nameOf } from './callWords.ts';
import { centre } from './centre.ts';
import type { Leg } from './Leg.ts';
import { orToast } from './orToast.ts';
import { PersonPicker } from './PersonPicker.tsx';

/** Other calls of one's own, whose people could talk to each other. */
const callsOf = (legs: readonly Leg[], own: Leg): readonly CallState[] =>
  legs
    .filter((leg) => leg !== own)
    .flatMap((leg) => leg.open.value.filter(({ state }) => state === 'active'));

export const TransferDialog = ({
  leg,
  call,
  onClose,
}: {
  leg: Leg;
  call: CallState;
  onClose: () => void;
}): JSX.Element => {
  const [chosen, setChosen] = useState<string | null>(null);
  const name = nameOf(call);
  const run = (work: Promise<unknown>) => {
    onClose();
    void orToast(work);
  };
  return (
    <Dialog title={`Pass ${name} on`} onClose={onClose}>
      {callsOf(centre.legs.value, leg).map((other) => (
        <button
          key={other.id}
          type="button"
          class="button primary join-calls"
          onClick={() => run(centre.client.transfer({ callId: call.id, toCall: other.id }))}
        >
          <Icon name="transfer" />
          Connect {name} with {nameOf(other)}
        </button>
      ))}
      <PersonPicker without={leg.names} chosen={chosen} onChoose={setChosen} />
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          Cancel
        </button>
        <button
          type="button"
          class="button"
          disabled={chosen === null}
          onClick={() => chosen !== null && run(centre.place({ to: chosen, video: false }))}
        >
          Talk to them first
        </button>
        <button
          type="button"
          class="button primary"
          disabled={chosen === null}
          onClick={() =>
            chosen !== null && run(centre.client.transfer({ callId: call.id, to: chosen }))
          }
        >
          Transfer
        </button>
      </div>
    </Dialog>
  );
};

import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { Control } from '../call/Control.tsx';
import { me } from '../people/session.ts';
import { AddPerson } from './AddPerson.tsx';
import type { Leg } from './Leg.ts';
import { TransferDialog } from './TransferDialog.tsx';

/** Where it is a menu, it has served once something was chosen. */
const closeMenu = ({ currentTarget }: { currentTarget: HTMLElement }): void => {
  if (currentTarget.matches(':popover-open')) currentTarget.hidePopover();
};

/** What can be done with a call beside talking; by who is signed in. */
export const CallTools = ({ leg }: { leg: Leg }): JSX.Element | null => {
  const [dialog, setDialog] = useState<'transfer' | 'add' | null>(null);
  const id = useId();
  const talked = leg.open.value.filter(({ state }) => state === 'active');
  const [call] = talked;
  if (me() === null || call === undefined) return null;
  const held = leg.held.value;
  const close = () => setDialog(null);
  return (
    <>
      <Control icon="more" label="More" opens={id} narrow />
      <div id={id} popover="auto" class="call-more" onClick={closeMenu}>
        <Control
          icon={held ? 'play' : 'pause'}
          label={held ? 'Resume' : 'Hold'}
          kind={held ? 'on' : 'plain'}
          onClick={() => void leg.setHeld(!held)}
        />
        {talked.length === 1 && (
          <Control icon="transfer" label="Transfer…" onClick={() => setDialog('transfer')} />
        )}
        <Control icon="personAdd" label="Add person…" onClick={() => setDialog('add')} />
      </div>
      {dialog === 'transfer' && <TransferDialog leg={leg} call={call} onClose={close} />}
      {dialog === 'add' && <AddPerson leg={leg} call={call} onClose={close} />}
    </>
  );
};

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useCall } from '../call/context.ts';
import { Dialog } from '../parts/Dialog.tsx';

const titleFor = (startedBy: string | null, startedHere: boolean): string => {
  if (startedHere) return 'May you be recorded, too?';
  const who = startedBy ?? 'This room';
  return `${who} records this call. May you be recorded?`;
};

/** Asked of each who has not said. Both answers weigh the same; closing it is not yet a yes. */
export const ConsentDialog = (): JSX.Element | null => {
  const { recording } = useCall();
  const id = useId();
  const startedBy = recording.status.value?.startedBy ?? null;
  if (!recording.asks.value) return null;
  return (
    <Dialog
      title={titleFor(startedBy, recording.startedHere.value)}
      describedBy={id}
      onClose={() => recording.putOff()}
    >
      <p id={id}>
        Your voice, camera and screen are kept only if you agree. Until then, and if you do not, you
        take part in the call as before. You can change your mind at the red mark above.
      </p>
      <div class="consent-answers">
        <button type="button" class="button" onClick={() => recording.answer(true)}>
          Record me
        </button>
        <button type="button" class="button" onClick={() => recording.answer(false)}>
          Do not record me
        </button>
      </div>
    </Dialog>
  );
};

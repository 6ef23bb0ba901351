import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Dialog } from '../../parts/Dialog.tsx';

/** Asked once, because nothing brings back what goes. */
export const GoneForGood = ({
  what,
  onDelete,
  onClose,
}: {
  /** “This message”, “3 messages” or “All that is in the trash” */
  what: string;
  onDelete: () => void;
  onClose: () => void;
}): JSX.Element => {
  const id = useId();
  return (
    <Dialog title="Delete for good?" describedBy={id} onClose={onClose}>
      <p id={id}>{what} will be gone, with its sound. This cannot be undone.</p>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          Keep
        </button>
        <button
          type="button"
          class="button danger"
          onClick={() => {
            onClose();
            onDelete();
          }}
        >
          Delete for good
        </button>
      </div>
    </Dialog>
  );
};

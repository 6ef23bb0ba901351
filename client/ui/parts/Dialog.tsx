import type { ComponentChildren, JSX } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { CloseButton } from './CloseButton.tsx';
import { Toasts } from './Toasts.tsx';
import { openDialogs } from './toasts.ts';

/** Modal while it is mounted; Escape, the cross and a click outside ask to close it. */
export const Dialog = ({
  title,
  describedBy,
  onClose,
  children,
}: {
  title: string;
  /** Id of the words to be read out with the title. */
  describedBy?: string;
  onClose: () => void;
  children: ComponentChildren;
}): JSX.Element => {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Before the next key: it belongs to the dialog, and does not move where the focus comes back to.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const dialog = ref.current;
    dialog?.showModal();
    openDialogs.value++;
    return () => {
      openDialogs.value--;
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      class="dialog"
      aria-labelledby={id}
      aria-describedby={describedBy}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      <div class="dialog-head">
        <h2 id={id}>{title}</h2>
        <CloseButton onClose={onClose} />
      </div>
      {children}
      <Toasts />
    </dialog>
  );
};

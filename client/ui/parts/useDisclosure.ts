import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** What a button has opened is closed by Escape, and by clicking or going on elsewhere. */
export const useDisclosure = ({
  open,
  around,
  button,
  onClose,
}: {
  open: boolean;
  around: RefObject<HTMLElement | null>;
  button: RefObject<HTMLElement | null>;
  onClose: () => void;
}): void => {
  useEffect(() => {
    if (!open) return undefined;
    const gone = new AbortController();
    const { signal } = gone;
    const closeFrom = ({ target }: Event) => {
      if (target instanceof Node && !around.current?.contains(target)) onClose();
    };
    const onKey = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return;
      onClose();
      button.current?.focus();
    };
    document.addEventListener('pointerdown', closeFrom, { signal });
    document.addEventListener('focusin', closeFrom, { signal });
    document.addEventListener('keydown', onKey, { signal });
    return () => gone.abort();
  }, [open]);
};

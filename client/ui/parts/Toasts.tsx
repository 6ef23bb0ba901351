import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from './Icon.tsx';
import { dismissToast, openDialogs, toasts, TOAST_MS, type Toast } from './toasts.ts';

const ToastCard = ({ toast }: { toast: Toast }): JSX.Element => {
  const [held, setHeld] = useState(false);
  const lastsMs = held || toast.kind === 'error' ? null : TOAST_MS[toast.kind];
  useEffect(() => {
    if (lastsMs === null) return undefined;
    const timer = setTimeout(() => dismissToast(toast.id), lastsMs);
    return () => clearTimeout(timer);
  }, [lastsMs, toast.id]);
  const { action } = toast;
  return (
    <div
      class={`toast ${toast.kind}`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      <p>{toast.text}</p>
      {action && (
        <button
          type="button"
          class="button small"
          onClick={() => {
            dismissToast(toast.id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        class="button icon-only small"
        aria-label="Dismiss"
        onClick={() => dismissToast(toast.id)}
      >
        <Icon name="close" />
      </button>
    </div>
  );
};

const Cards = ({ urgent }: { urgent: boolean }): JSX.Element => (
  <>
    {toasts.value
      .filter(({ kind }) => (kind !== 'info') === urgent)
      .map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
  </>
);

/** Two live regions that are there beforehand, so that what arrives is read: the urgent at once. */
export const Toasts = (): JSX.Element => (
  <div class="toasts">
    <div role="status">
      <Cards urgent={false} />
    </div>
    <div role="alert">
      <Cards urgent />
    </div>
  </div>
);

/** The page's own; an open dialog has one inside. */
export const PageToasts = (): JSX.Element | null => (openDialogs.value === 0 ? <Toasts /> : null);

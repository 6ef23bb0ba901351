import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from './Icon.tsx';
import { dismissToast, toasts, TOAST_MS, type Toast } from './toasts.ts';

const ToastCard = ({ toast }: { toast: Toast }): JSX.Element => {
  const [held, setHeld] = useState(false);
  const stays = toast.kind === 'error' || held;
  useEffect(() => {
    if (stays) return undefined;
    const timer = setTimeout(() => dismissToast(toast.id), TOAST_MS);
    return () => clearTimeout(timer);
  }, [stays, toast.id]);
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

const Cards = ({ kind }: { kind: Toast['kind'] }): JSX.Element => (
  <>
    {toasts.value
      .filter((toast) => toast.kind === kind)
      .map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
  </>
);

/** Two live regions that are always there, so that what arrives in them is read: errors at once. */
export const Toasts = (): JSX.Element => (
  <div class="toasts">
    <div role="status">
      <Cards kind="info" />
    </div>
    <div role="alert">
      <Cards kind="error" />
    </div>
  </div>
);

import { signal } from '@preact/signals';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: 'info' | 'error';
  readonly action?: { readonly label: string; readonly run: () => void };
}

const MAX_TOASTS = 3;
/** Longer is easier to read, shorter is less in the way; hovering or focusing stops the clock. */
export const TOAST_MS = 5000;

export const toasts = signal<readonly Toast[]>([]);

let nextId = 1;

export const dismissToast = (id: number): void => {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
};

/** The same words twice are one toast, read anew. */
export const showToast = (
  text: string,
  { kind = 'info', action }: { kind?: Toast['kind']; action?: Toast['action'] } = {},
): void => {
  const toast: Toast = { id: nextId++, text, kind, ...(action ? { action } : {}) };
  toasts.value = [...toasts.value.filter((other) => other.text !== text), toast].slice(-MAX_TOASTS);
};

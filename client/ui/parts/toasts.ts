import { signal } from '@preact/signals';

export interface Toast {
  readonly id: number;
  readonly text: string;
  /** `news` and `error` are read out at once; an error stays until it is dismissed. */
  readonly kind: 'info' | 'news' | 'error';
  readonly action?: { readonly label: string; readonly run: () => void };
  /** The newest of a topic takes the place of what was said before. */
  readonly topic?: string;
}

const MAX_TOASTS = 3;
/** Longer is easier to read, shorter is less in the way; hovering or focusing stops the clock. */
export const TOAST_MS = { info: 5000, news: 12_000 } as const;

export const toasts = signal<readonly Toast[]>([]);

/** How many modal dialogs are open: outside of them nothing is read out or can be clicked. */
export const openDialogs = signal(0);

let nextId = 1;

export const dismissToast = (id: number): void => {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
};

export const dismissTopic = (topic: string): void => {
  toasts.value = toasts.value.filter((toast) => toast.topic !== topic);
};

/** The same words twice are one toast, read anew. */
export const showToast = (
  text: string,
  { kind = 'info', ...more }: Partial<Pick<Toast, 'kind' | 'action' | 'topic'>> = {},
): void => {
  const { topic } = more;
  const toast: Toast = { id: nextId++, text, kind, ...more };
  const others = toasts.value.filter(
    (other) => other.text !== text && (topic === undefined || other.topic !== topic),
  );
  toasts.value = [...others, toast].slice(-MAX_TOASTS);
};

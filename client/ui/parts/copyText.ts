import { showToast } from './toasts.ts';

/** To the clipboard; pages without https have none. */
export const copyText = async (text: string, done: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text);
    showToast(done);
  } catch {
    showToast(`Please copy it yourself: ${text}`, { kind: 'error' });
  }
};

import { showToast } from '../parts/toasts.ts';
import { failureWords } from './failureWords.ts';

/** Says it when what was asked for does not come about. */
export const orToast = (work: Promise<unknown>): Promise<unknown> =>
  work.catch((error: unknown) => showToast(failureWords(error), { kind: 'error' }));

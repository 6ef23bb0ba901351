import { setTimeout as delay } from 'node:timers/promises';

/**
 * Leaves only what is held, and gives empty pages back: free space kept from start-up would hide what
 * is added later. Twice, with a pause, as what the first run finds may need a turn of the loop to let go.
 */
export const collectGarbage = async (): Promise<void> => {
  for (let run = 0; run < 2; run += 1) {
    await globalThis.gc?.({ type: 'major', execution: 'async', flavor: 'last-resort' });
    await delay(200);
  }
};

import { signal } from '@preact/signals';
import { recall, remember } from '../../../parts/memory.ts';

/** How one listens to messages, whichever it is. */

export const SPEEDS = [1, 1.25, 1.5, 2] as const;

const SPEED = 'messageSpeed';
const SKIP = 'messageSkipsSilence';

const keptSpeed = (): number => {
  const speed = Number(recall(SPEED));
  return SPEEDS.some((one) => one === speed) ? speed : 1;
};

export const speed = signal(keptSpeed());
export const skipsSilence = signal(recall(SKIP) !== null);

export const setSpeed = (chosen: number): void => {
  speed.value = chosen;
  remember(SPEED, chosen === 1 ? null : String(chosen));
};

export const setSkipsSilence = (on: boolean): void => {
  skipsSilence.value = on;
  remember(SKIP, on ? 'yes' : null);
};

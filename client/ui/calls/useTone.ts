import { useEffect } from 'preact/hooks';
import { centre } from './centre.ts';
import { playTone } from './tones.ts';

/** Plays it while `on`. */
export const useTone = (name: Parameters<typeof playTone>[0], on: boolean): void => {
  useEffect(() => (on ? playTone(name, centre.media) : undefined), [name, on]);
};

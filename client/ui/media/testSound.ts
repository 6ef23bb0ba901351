import { playMelody } from './sounds.ts';

/** Plays a short rising chord on the speaker that `route` gives the element. */
export const playTestSound = (route: (element: HTMLMediaElement) => Promise<void>): Promise<void> =>
  playMelody({ notesHz: [392, 494, 587], noteSeconds: 0.22, fadeSeconds: 0.5, volume: 0.2 }, route);

import type { SoundMaker, Sounds } from '../../server/voicemail/Sounds.ts';

/** Where there is no media there is nothing to be heard. */
export const noSounds: Sounds = { beep: [], shipped: () => [] };

/** Takes whatever it gets for a second of sound. */
export const noSoundMaker: SoundMaker = {
  make: (recorded) => Promise.resolve({ sound: recorded, durationMs: 1_000 }),
  read: () => Promise.resolve([]),
};

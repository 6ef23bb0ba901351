import type { Sounds } from '../../server/voicemail/Sounds.ts';

/** Where there is no media there is nothing to be heard. */
export const noSounds: Sounds = { beep: [], greetingOf: () => Promise.resolve([]) };

import { SoundShelf } from '../../server/media/SoundShelf.ts';
import type { Sounds } from '../../server/voicemail/Sounds.ts';

/** Packets of 20 ms. */
const FIRST_WORDS = 25;

const whole = await SoundShelf.create();

/** The first words of each greeting, for who looks at what comes after it. */
export const shortSounds: Sounds = {
  beep: whole.beep,
  shipped: (greeting, language) => whole.shipped(greeting, language).slice(0, FIRST_WORDS),
};

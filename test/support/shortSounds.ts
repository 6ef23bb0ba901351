import { SoundShelf } from '../../server/media/SoundShelf.ts';
import type { Sounds } from '../../server/voicemail/Sounds.ts';

const PACKET_MS = 20;

const whole = await SoundShelf.create();

/** The first words of each greeting, for who looks at what comes after it. */
const firstWords = (ms: number): Sounds => ({
  beep: whole.beep,
  shipped: (greeting, language) => whole.shipped(greeting, language).slice(0, ms / PACKET_MS),
});

export const shortSounds = firstWords(500);

/** Long enough to do something meanwhile. */
export const briefSounds = firstWords(2_000);

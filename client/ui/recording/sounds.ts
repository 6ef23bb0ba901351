import type { LocalMedia } from '../media/LocalMedia.ts';
import { playMelody, type Melody } from '../media/sounds.ts';
import type { News } from './words.ts';

/** Louder is harder to miss, softer does not drown a word. */
const melody = (notesHz: readonly number[]): Melody => ({
  notesHz,
  noteSeconds: 0.16,
  fadeSeconds: 0.3,
  volume: 0.12,
});

/** Told apart by ear: up is on, down is off, one note is in between, and an alarm insists. */
const MELODIES = {
  start: melody([523, 784]),
  stop: melody([784, 523]),
  change: melody([659]),
  alarm: melody([330, 330, 330]),
} as const satisfies Record<NonNullable<News['sound']>, Melody>;

/** On the speaker that the voices come from. */
export const playNews = (sound: NonNullable<News['sound']>, media: LocalMedia): void => {
  playMelody(MELODIES[sound], (element) => media.routeTo(element, media.speakerId.peek())).catch(
    () => {
      // A browser that holds sound back says so elsewhere; the words are on the screen.
    },
  );
};

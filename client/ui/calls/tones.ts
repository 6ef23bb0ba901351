import type { LocalMedia } from '../media/LocalMedia.ts';
import { playAgainAndAgain } from '../media/playAgainAndAgain.ts';
import type { Melody } from '../media/sounds.ts';

interface Tone {
  readonly melody: Melody;
  readonly everyMs: number;
}

const TONES = {
  /** Heard across a room, and hard to take for speech. */
  ring: {
    melody: { notesHz: [523, 659, 784, 659], noteSeconds: 0.17, fadeSeconds: 0.5, volume: 0.3 },
    everyMs: 2400,
  },
  /** It rings there: one long tone, as telephones have it. */
  ringBack: {
    melody: { notesHz: [400], noteSeconds: 1, fadeSeconds: 0.08, volume: 0.08 },
    everyMs: 4000,
  },
  /** Soft and seldom: whoever is on hold knows that the line is there. */
  hold: {
    melody: { notesHz: [330], noteSeconds: 0.2, fadeSeconds: 0.5, volume: 0.06 },
    everyMs: 5000,
  },
} as const satisfies Record<string, Tone>;

/** On the speaker that the voices come from. Returns what ends it. */
export const playTone = (name: keyof typeof TONES, media: LocalMedia): (() => void) => {
  const { melody, everyMs } = TONES[name];
  return playAgainAndAgain(melody, everyMs, (element) =>
    media.routeTo(element, media.speakerId.peek()),
  );
};

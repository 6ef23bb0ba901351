import type { Sound } from '../rooms/MediaRoom.ts';

/** `afterName` is said after a name: that its owner cannot take the call. */
export type ShippedGreeting = 'unavailable' | 'busy' | 'afterName';

/** The sounds of ours. */
export interface Sounds {
  readonly beep: Sound;
  /** In this language, if we speak it. */
  shipped(greeting: ShippedGreeting, language: string | undefined): Sound;
}

/** Recorded sound, made fit to be played to callers. */
export interface SoundMaker {
  /**
   * Of whatever a browser records or a file holds: Ogg with Opus, without the silence at its ends, as loud
   * as all others. AppError `bad_request` for what is no sound, silent, too short or too long.
   */
  make(recorded: Buffer): Promise<{ sound: Buffer; durationMs: number }>;
  /** The packets of what `make` has made. */
  read(sound: Buffer): Promise<Sound>;
}

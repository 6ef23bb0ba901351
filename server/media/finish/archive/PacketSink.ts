import type { TimedData } from '../tracks/readPictures.ts';

/** Takes coded pictures and sounds, in the order of their times, which are whole milliseconds. */
export interface PacketSink {
  /** Resolves when more can be taken; undefined: at once. */
  picture(picture: TimedData): Promise<void> | undefined;
  sound(sound: TimedData): Promise<void> | undefined;
  /** No more will come. */
  finish(): Promise<void>;
}

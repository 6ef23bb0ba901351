import { join } from 'node:path';
import type { Account } from '../accounts/Account.ts';
import type { Sound } from '../rooms/MediaRoom.ts';
import type { Reason } from '../voicemail/Message.ts';
import type { Sounds } from '../voicemail/Sounds.ts';
import { readSound } from './readSound.ts';

const FOLDER = join(import.meta.dirname, 'sounds');
const shipped = (name: string): Promise<Sound> => readSound(join(FOLDER, `${name}.ogg`));

/** The sounds that are played to callers, read once. */
export class SoundShelf implements Sounds {
  readonly beep: Sound;
  readonly #busy: Sound;
  readonly #unavailable: Sound;

  static async create(): Promise<SoundShelf> {
    const [beep, busy, unavailable] = await Promise.all(
      ['beep', 'busy', 'unavailable'].map(shipped),
    );
    return new SoundShelf(beep ?? [], busy ?? [], unavailable ?? []);
  }

  private constructor(beep: Sound, busy: Sound, unavailable: Sound) {
    this.beep = beep;
    this.#busy = busy;
    this.#unavailable = unavailable;
  }

  greetingOf(_mailbox: Account, reason: Reason): Promise<Sound> {
    return Promise.resolve(reason === 'busy' ? this.#busy : this.#unavailable);
  }
}

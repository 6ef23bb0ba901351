import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sound } from '../rooms/MediaRoom.ts';
import type { ShippedGreeting, Sounds } from '../voicemail/Sounds.ts';
import { readSound } from './readSound.ts';

const FOLDER = join(import.meta.dirname, 'sounds');
/** Those we speak, our mother tongue first. */
const LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
const GREETINGS = ['unavailable', 'busy', 'afterName'] as const satisfies ShippedGreeting[];

const load = async (...path: string[]): Promise<Sound> =>
  readSound(await readFile(join(FOLDER, ...path)));

/** The sounds that are ours, read once. */
export class SoundShelf implements Sounds {
  readonly beep: Sound;
  readonly #greetings: ReadonlyMap<string, Sound>;

  static async create(): Promise<SoundShelf> {
    const names = LANGUAGES.flatMap((language) =>
      GREETINGS.map((name) => [language, name] as const),
    );
    const [beep, ...sounds] = await Promise.all([
      load('beep.ogg'),
      ...names.map(([language, name]) => load(language, `${name}.ogg`)),
    ]);
    return new SoundShelf(
      beep ?? [],
      new Map(names.map((name, i) => [name.join('/'), sounds[i] ?? []])),
    );
  }

  private constructor(beep: Sound, greetings: ReadonlyMap<string, Sound>) {
    this.beep = beep;
    this.#greetings = greetings;
  }

  shipped(greeting: ShippedGreeting, language: string | undefined): Sound {
    const own = this.#greetings.get(`${language}/${greeting}`);
    return own ?? this.#greetings.get(`${LANGUAGES[0]}/${greeting}`) ?? [];
  }
}

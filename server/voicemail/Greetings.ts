import type { Account } from '../accounts/Account.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { UserId } from '../protocol/ids.ts';
import type { GreetingKind } from '../protocol/greetings.ts';
import type { Sound } from '../rooms/MediaRoom.ts';
import { chooseGreeting, type Greeting, type GreetingKey, type GreetingStore } from './Greeting.ts';
import type { Reason } from './Message.ts';
import type { SoundMaker, Sounds } from './Sounds.ts';

/** Four kinds in ten languages. */
const MAX_GREETINGS = 40;

export interface GreetingsOptions {
  readonly store: GreetingStore;
  readonly sounds: Sounds;
  readonly maker: SoundMaker;
  readonly clock: Clock;
}

/** What callers hear before the beep: people's own words, or ours. */
export class Greetings {
  readonly #options: GreetingsOptions;

  constructor(options: GreetingsOptions) {
    this.#options = options;
  }

  of(userId: UserId): Promise<Greeting[]> {
    return this.#options.store.of(userId);
  }

  /** AppError `not_found`. */
  async get(key: GreetingKey): Promise<Greeting> {
    const found = (await this.of(key.userId)).find(
      ({ kind, language }) => kind === key.kind && language === key.language,
    );
    if (!found) throw notFound();
    return found;
  }

  /** Ogg with Opus. AppError `not_found`. */
  async sound(key: GreetingKey): Promise<Buffer> {
    const sound = await this.#options.store.sound(key);
    if (!sound) throw notFound();
    return sound;
  }

  /** AppError `bad_request`, `wrong_state` when there are too many. */
  async set(
    key: GreetingKey,
    { recorded, until }: { recorded: Buffer; until: number | null },
  ): Promise<Greeting> {
    const { store, maker, clock } = this.#options;
    checkUntil(key.kind, until, clock.now());
    const others = (await store.of(key.userId)).filter(
      ({ kind, language }) => kind !== key.kind || language !== key.language,
    );
    if (others.length >= MAX_GREETINGS) throw tooMany();
    const { sound, durationMs } = await maker.make(recorded);
    const { userId, kind, language } = key;
    const bytes = sound.length;
    const updatedAt = clock.now();
    const greeting = { userId, kind, language, until, durationMs, bytes, updatedAt };
    await store.put(greeting, sound);
    return greeting;
  }

  /** The same words for longer, shorter, or again. AppError `not_found`, `bad_request`. */
  async setUntil(key: GreetingKey, until: number | null): Promise<Greeting> {
    const { store, clock } = this.#options;
    const greeting = await this.get(key);
    checkUntil(key.kind, until, clock.now());
    if (!(await store.setUntil(key, until))) throw notFound();
    return { ...greeting, until };
  }

  /** AppError `not_found`. */
  async remove(key: GreetingKey): Promise<void> {
    if (!(await this.#options.store.remove(key))) throw notFound();
  }

  /** What this caller hears. */
  async soundFor(
    { id }: Account,
    { reason, language }: { reason: Reason; language: string | undefined },
  ): Promise<Sound> {
    const { store, sounds, maker, clock } = this.#options;
    const chosen = chooseGreeting(await store.of(id), { reason, language, now: clock.now() });
    const own = chosen && (await store.sound(chosen));
    if (!own) return sounds.shipped(reason === 'busy' ? 'busy' : 'unavailable', language);
    const spoken = await maker.read(own);
    return chosen.kind === 'name' ? [...spoken, ...sounds.shipped('afterName', language)] : spoken;
  }
}

const checkUntil = (kind: GreetingKind, until: number | null, now: number): void => {
  if (kind !== 'temporary' && until !== null) throw wrongEnd('Only a temporary greeting ends.');
  if (kind === 'temporary' && until === null) throw wrongEnd('A temporary greeting has to end.');
  if (until !== null && until <= now) throw wrongEnd('It would have ended already.');
};

const wrongEnd = (message: string): AppError =>
  new AppError('bad_request', message, { fields: [{ pointer: '/until', message }] });

const notFound = (): AppError => new AppError('not_found', 'There is no such greeting.');

const tooMany = (): AppError =>
  new AppError('wrong_state', `There are ${MAX_GREETINGS} greetings. Delete one first.`);

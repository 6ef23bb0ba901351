import type { UserId } from '../protocol/ids.ts';
import type { GreetingKind } from '../protocol/greetings.ts';
import type { Reason } from './Message.ts';

/** What somebody says to callers themselves; of a kind and language there is one. Times are ms since 1970. */
export interface Greeting {
  readonly userId: UserId;
  readonly kind: GreetingKind;
  /** ISO 639; null: for callers of all languages that have none of their own. */
  readonly language: string | null;
  /** Of a temporary one: when it ends. */
  readonly until: number | null;
  readonly durationMs: number;
  readonly bytes: number;
  readonly updatedAt: number;
}

export type GreetingKey = Pick<Greeting, 'userId' | 'kind' | 'language'>;

export interface GreetingStore {
  of(userId: UserId): Promise<Greeting[]>;
  /** Ogg with Opus; undefined: there is none. */
  sound(key: GreetingKey): Promise<Buffer | undefined>;
  /** In the place of the one before. */
  put(greeting: Greeting, sound: Buffer): Promise<void>;
  /** False when there was none. */
  setUntil(key: GreetingKey, until: number | null): Promise<boolean>;
  /** False when there was none. */
  remove(key: GreetingKey): Promise<boolean>;
}

export const isExpired = ({ until }: Pick<Greeting, 'until'>, now: number): boolean =>
  until !== null && until <= now;

/** What a caller hears; undefined: one of ours. */
export const chooseGreeting = (
  greetings: readonly Greeting[],
  { reason, language, now }: { reason: Reason; language: string | undefined; now: number },
): Greeting | undefined => {
  const order: GreetingKind[] = [
    'temporary',
    ...(reason === 'busy' ? (['busy'] as const) : []),
    'unavailable',
    'name',
  ];
  const good = greetings.filter((greeting) => !isExpired(greeting, now));
  return order
    .map((kind) => {
      const ofKind = good.filter((greeting) => greeting.kind === kind);
      return (
        ofKind.find((greeting) => greeting.language === language) ??
        ofKind.find((greeting) => greeting.language === null) ??
        // Better one's voice in another language than a stranger's.
        ofKind[0]
      );
    })
    .find((greeting) => greeting !== undefined);
};

interface Person {
  readonly id: string;
  readonly name: string;
}

const NAMED = 3;

const nameList = (names: readonly string[]): string => {
  if (names.length <= NAMED) {
    const last = names.at(-1) ?? '';
    return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
  }
  return `${names.slice(0, NAMED - 1).join(', ')} and ${names.length - NAMED + 1} others`;
};

const sentence = (names: readonly string[], verb: string): string[] =>
  names.length === 0 ? [] : [`${nameList(names)} ${verb}.`];

/** “Ana and Ben joined. Cem left.” */
export const describeChanges = (joined: readonly string[], left: readonly string[]): string =>
  [...sentence(joined, 'joined'), ...sentence(left, 'left')].join(' ');

/** `where`: “the room”, “the call” */
export const describeArrival = (others: readonly string[], where: string): string =>
  others.length === 0
    ? `You are in ${where}. Nobody else is here yet.`
    : `You are in ${where} with ${nameList(others)}.`;

/** What is in `names` more often than in `others`. */
const without = (names: readonly string[], others: readonly string[]): string[] => {
  const spare = [...others];
  return names.filter((name) => {
    const at = spare.indexOf(name);
    if (at !== -1) spare.splice(at, 1);
    return at === -1;
  });
};

type Schedule = (run: () => void, ms: number) => () => void;

/**
 * Joins and leaves, told together: a screen reader speaks once per window, and somebody who comes
 * and goes within it is not mentioned.
 */
export class PresenceLog {
  readonly #say: (words: string) => void;
  readonly #schedule: Schedule;
  readonly #windowMs: number;
  readonly #where: string;
  #known: ReadonlyMap<string, string> | null = null;
  #told: ReadonlyMap<string, string> = new Map();
  #cancel: (() => void) | null = null;

  constructor({
    say,
    schedule,
    windowMs = 2000,
    where = 'the room',
  }: {
    say: (words: string) => void;
    schedule: Schedule;
    windowMs?: number;
    where?: string;
  }) {
    this.#say = say;
    this.#schedule = schedule;
    this.#windowMs = windowMs;
    this.#where = where;
  }

  /** Everybody who is there now, oneself left out. The first call says who was found. */
  update(others: readonly Person[]): void {
    const now = new Map(others.map(({ id, name }) => [id, name]));
    if (this.#known === null) {
      this.#told = now;
      this.#say(describeArrival([...now.values()], this.#where));
    }
    this.#known = now;
    this.#cancel ??= this.#schedule(() => this.#tell(), this.#windowMs);
  }

  close(): void {
    this.#cancel?.();
  }

  #tell(): void {
    this.#cancel = null;
    const now = this.#known ?? new Map<string, string>();
    const before = this.#told;
    const joined = [...now].filter(([id]) => !before.has(id)).map(([, name]) => name);
    const left = [...before].filter(([id]) => !now.has(id)).map(([, name]) => name);
    this.#told = now;
    // After a restart of the server everybody comes back under a new id.
    const words = describeChanges(without(joined, left), without(left, joined));
    if (words !== '') this.#say(words);
  }
}

/** Ends this process and all that it has started, at once and without a word. */
export const strike = (): void => {
  process.kill(-process.pid, 'SIGKILL');
};

type Method = (...args: never[]) => unknown;

/** `before` and `after` look at each call of a method; what they return true for is struck. */
export const strikeIn = <K extends string>(
  prototype: Readonly<Record<K, Method>>,
  name: K,
  {
    before,
    after,
  }: { before?: (...args: never[]) => boolean; after?: (...args: never[]) => boolean },
): void => {
  const original: Method = prototype[name];
  const watched = function (this: unknown, ...args: never[]): unknown {
    if (before?.(...args)) strike();
    const result = original.apply(this, args);
    if (!after) return result;
    return Promise.resolve(result).then((value) => {
      if (after(...args)) strike();
      return value;
    });
  };
  Object.defineProperty(prototype, name, { configurable: true, writable: true, value: watched });
};

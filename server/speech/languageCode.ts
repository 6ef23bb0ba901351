const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('');
const CODES = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

const codesByName = (): ReadonlyMap<string, string> => {
  const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
  const pairs = CODES.flatMap((code) => {
    const name = names.of(code);
    return name === undefined ? [] : [[name.toLowerCase(), code] as const];
  });
  // The first of several is the one that is in use.
  return new Map(pairs.toReversed());
};
let known: ReadonlyMap<string, string> | undefined;

/** Services say `english`, `en` or `en-US`; null: nothing that is known. */
export const languageCode = (said: string): string | null => {
  const word = said.trim().toLowerCase();
  if (/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/.test(word)) return Intl.getCanonicalLocales(word)[0] ?? null;
  known ??= codesByName();
  return known.get(word) ?? null;
};

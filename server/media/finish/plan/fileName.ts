/** Long enough to tell people apart, short enough for any disk. */
const MAX_SLUG_LENGTH = 40;

/** A person's name as part of a file's: lower-case ASCII, or `guest`. */
export const slugOf = (name: string): string => {
  const letters = name
    .normalize('NFKD')
    // Accents, which NFKD has split off.
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG_LENGTH)
    .replaceAll(/^-+|-+$/g, '');
  return letters === '' ? 'guest' : letters;
};

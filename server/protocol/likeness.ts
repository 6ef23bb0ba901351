const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const firstGrapheme = (word: string): string => {
  for (const { segment } of segmenter.segment(word)) return segment;
  return '';
};

/** One or two letters for a person without a picture. */
export const initials = (name: string): string => {
  const words = name.split(/[\s_.-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0]?.replace(/^[^\p{L}\p{N}]+/u, '');
  if (first === undefined) return firstGrapheme(name.trim());
  const last = words.length > 1 ? words.at(-1)?.replace(/^[^\p{L}\p{N}]+/u, '') : undefined;
  return (firstGrapheme(first) + firstGrapheme(last ?? '')).toUpperCase();
};

/** A hue in degrees that stays with an id (FNV-1a, in steps wide enough to tell apart). */
export const hueOf = (id: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) {
    hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  }
  return ((hash >>> 8) % 18) * 20;
};

import { randomInt } from 'node:crypto';
import { adjectives, nouns } from 'human-id';

/** Without letters that are mistaken for each other when read out. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const SUFFIX_LENGTH = 14;

const pick = (words: readonly string[]): string => words[randomInt(words.length)] ?? '';

/**
 * A name one can read out and nobody can guess: two words to recognise it by and 14 characters of
 * 31, which alone are 69 bits; with the words more than 80.
 */
export const randomRoomName = (): string => {
  const letters = Array.from({ length: SUFFIX_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]);
  const suffix = letters.join('').replace(/^(.{5})(.{5})/, '$1-$2-');
  return `${pick(adjectives)}-${pick(nouns)}-${suffix}`.toLowerCase();
};

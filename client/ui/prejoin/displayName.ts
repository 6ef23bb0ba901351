/** What the wire's `DisplayNameSchema` does not take: control and direction-changing characters. */
const FORBIDDEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const MAX_LENGTH = 64;

/** A name as the wire takes it; empty when nothing is left. */
export const cleanName = (typed: string): string => {
  const clean = typed.normalize('NFC').replace(FORBIDDEN, ' ').replace(/\s+/g, ' ').trim();
  return Array.from(clean).slice(0, MAX_LENGTH).join('').trim();
};

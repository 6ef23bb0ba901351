/** What a provider says of somebody: whatever it likes to. */
export type Claims = Readonly<Record<string, unknown>>;

const MAX_LENGTH = 64;
/** What `DisplayNameSchema` does not allow. */
const NOT_IN_NAMES = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

const textOf = (claims: Claims, name: string): string | undefined => {
  const value = claims[name];
  if (typeof value !== 'string') return undefined;
  const line = value.replaceAll(NOT_IN_NAMES, ' ').trim();
  return Array.from(line).slice(0, MAX_LENGTH).join('').trim() || undefined;
};

export const hasNames = (claims: Claims): boolean =>
  userNameOf(claims) !== undefined && textOf(claims, 'name') !== undefined;

export const userNameOf = (claims: Claims): string | undefined =>
  textOf(claims, 'preferred_username')?.replace(/@.*$/, '') ||
  textOf(claims, 'email')?.replace(/@.*$/, '');

export const displayNameOf = (claims: Claims): string | undefined =>
  textOf(claims, 'name') ?? userNameOf(claims);

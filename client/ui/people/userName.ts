/** The wire's rule for user names (`UserNameSchema`), kept equal to it by a test. */
export const USER_NAME_PATTERN = '^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$';
export const MAX_USER_NAME_LENGTH = 64;

const RULE = new RegExp(USER_NAME_PATTERN);

export const USER_NAME_RULE =
  'A user name is letters from a to z and digits, with dots, hyphens or underscores between them.';

/** A user name as typed: with an @ before it or a space around it, or as a link to call somebody. */
export const readUserName = (typed: string): string | null => {
  const text = typed.trim();
  const name = /\/call\/([^/?#]+)/.exec(text)?.[1] ?? text.replace(/^@/, '');
  return RULE.test(name) && name.length <= MAX_USER_NAME_LENGTH ? name.toLowerCase() : null;
};

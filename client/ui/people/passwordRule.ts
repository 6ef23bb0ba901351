/** As the wire wants it (`PasswordSchema`); kept equal to it by a test. */
export const MIN_PASSWORD_LENGTH = 10;
export const MAX_PASSWORD_LENGTH = 256;

export const PASSWORD_HINT = `At least ${MIN_PASSWORD_LENGTH} characters. A few words are better than one odd one.`;

export const passwordProblem = (password: string): string | null =>
  password.length < MIN_PASSWORD_LENGTH
    ? `A password has at least ${MIN_PASSWORD_LENGTH} characters.`
    : null;

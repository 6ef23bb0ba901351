import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 256 random bits; a shape that fits URLs and the wire's `Secret`. Rooms and sessions use it. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/**
 * What is kept of a secret. SHA-256 is enough, and a slow hash would gain nothing: secrets made by
 * `newSecret` cannot be guessed, unlike passwords.
 */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Takes the same time whatever the difference, and whatever the length. */
export const matchesHash = (secret: string, hash: Buffer): boolean =>
  timingSafeEqual(hashSecret(secret), hash);

export const secretsEqual = (a: string, b: string): boolean => matchesHash(a, hashSecret(b));

const BYTES = 32;

/**
 * A secret, of the shape of `newSecret`, that only a secret and a password together make. Costs some
 * 50 ms in another thread, so that passwords are slow to guess even for who has the secret.
 */
export const joinedSecret = (secret: string, password: string): Promise<string> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), secret, BYTES, (error, key) => {
      if (error) reject(error);
      else resolve(key.toString('base64url'));
    });
  });

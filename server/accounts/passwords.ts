import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { Turnstile } from '../base/Turnstile.ts';

/**
 * Argon2id as OWASP recommends it for servers (Password Storage Cheat Sheet): some 30 ms in another
 * thread and 19 MiB. More is slower to guess, and slower for everybody.
 */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
/**
 * At once, and waiting. The threads that do this also write files, those of recordings among them: a
 * flood of guesses shall not hold them up.
 */
const turnstile = new Turnstile({ atOnce: 2, maxWaiting: 200 });
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const SHAPE = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

interface Cost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

const derive = (password: string, salt: Buffer, cost: Cost): Promise<Buffer> =>
  turnstile.run(() => deriveNow(password, salt, cost));

const deriveNow = (password: string, salt: Buffer, cost: Cost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const message = Buffer.from(password.normalize('NFKC'), 'utf8');
    const parameters = { message, nonce: salt, tagLength: HASH_BYTES, ...cost };
    argon2('argon2id', parameters, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

const written = (salt: Buffer, hash: Buffer): string =>
  `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(salt)}$${base64(hash)}`;

/** A PHC string, as other programs write it too. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(SALT_BYTES);
  return written(salt, await derive(password, salt, COST));
};

/** Fits no password; costs as much to try as any other. */
const NOBODYS = written(Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES));

/** Takes the same time whether there is a hash or not. */
export const passwordFits = async (password: string, hash: string | null): Promise<boolean> => {
  const parts = SHAPE.exec(hash ?? NOBODYS);
  if (!parts) return false;
  const [memory, passes, parallelism] = parts.slice(1, 4).map(Number) as [number, number, number];
  const [salt, wanted] = parts.slice(4).map((text) => Buffer.from(text, 'base64')) as [
    Buffer,
    Buffer,
  ];
  const found = await derive(password, salt, { memory, passes, parallelism });
  return found.length === wanted.length && timingSafeEqual(found, wanted) && hash !== null;
};

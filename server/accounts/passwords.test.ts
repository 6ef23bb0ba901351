import { describe, expect, it } from 'vitest';
import { hashPassword, passwordFits } from './passwords.ts';

const PASSWORD = 'correct horse battery';

describe('a password', () => {
  it('fits its hash and no other does', async () => {
    const hash = await hashPassword(PASSWORD);
    expect(await passwordFits(PASSWORD, hash)).toBe(true);
    for (const other of [`${PASSWORD} `, PASSWORD.toUpperCase(), PASSWORD.slice(0, -1), '']) {
      expect(await passwordFits(other, hash)).toBe(false);
    }
  });

  it('is kept with a salt of its own, at a cost that others can read', async () => {
    const [one, other] = await Promise.all([hashPassword(PASSWORD), hashPassword(PASSWORD)]);
    expect(one).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    );
    expect(other).not.toBe(one);
  });

  it('is the same however its letters are put together', async () => {
    const hash = await hashPassword('Zu\u0308rich ist scho\u0308n');
    expect(await passwordFits('Z\u00fcrich ist sch\u00f6n', hash)).toBe(true);
  });

  it('of another program is read, with its own cost', async () => {
    // A test vector of https://github.com/P-H-C/phc-winner-argon2 (src/test.c).
    const theirs =
      '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await passwordFits('password', theirs)).toBe(true);
    expect(await passwordFits('passwort', theirs)).toBe(false);
  });

  it('fits nothing where there is no hash, or one that is none', async () => {
    for (const hash of [
      null,
      '',
      'password',
      '$argon2id$v=19$m=1,t=1',
      '$2b$10$abcdefghijklmnopqrstuv',
    ]) {
      expect(await passwordFits(PASSWORD, hash)).toBe(false);
    }
  });
});

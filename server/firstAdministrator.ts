import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Accounts } from './accounts/Accounts.ts';

const NAME = 'admin';
const FILE = 'first-password';
const PASSWORD_BYTES = 12;

const firstPasswordFile = (dataDir: string): string => join(dataDir, FILE);

/**
 * Where there is nobody yet there is an administrator now, whose password lies in a file that only
 * the operator can read, until it is changed.
 */
export const firstAdministrator = async (accounts: Accounts, dataDir: string): Promise<void> => {
  const path = firstPasswordFile(dataDir);
  const forget = (): void => rmSync(path, { force: true });
  accounts.on('passwordChanged', ({ name }) => name === NAME && forget());
  accounts.on('removed', ({ name }) => name === NAME && forget());
  if ((await accounts.all()).length > 0) return;
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  // First the file: an account that nobody can use would be in the way of the next start.
  writeFileSync(path, `${password}\n`, { mode: 0o600, flush: true });
  await accounts.create({ name: NAME, displayName: 'Administrator', role: 'admin', password });
};

/** How to sign in the first time; undefined once the password was changed. */
export const firstSignIn = (dataDir: string): string | undefined => {
  const path = firstPasswordFile(dataDir);
  return existsSync(path)
    ? `Sign in as "${NAME}" with the password in ${path}, and change it in the settings.`
    : undefined;
};

import { createECDH, randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config.ts';

export interface Secrets {
  readonly adminKey: string;
  /** Signs join tokens. */
  readonly tokenSecret: Uint8Array;
  /** How push services know this server (RFC 8292): of P-256, base64url. */
  readonly vapid: { readonly publicKey: string; readonly privateKey: string };
}

/** The least that is accepted from files somebody may have edited; HS256 wants 256 bits. */
const MIN_ADMIN_KEY_LENGTH = 24;
const MIN_TOKEN_SECRET_LENGTH = 32;
const VAPID_KEY_LENGTH = 43;
const VAPID_KEY_BYTES = 32;

/** Reads the secrets kept in `dataDir`; makes what is missing at the first start. */
export const loadSecrets = (options: {
  dataDir: string;
  adminKey: string | undefined;
}): Secrets => {
  const { dataDir } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  chmodSync(dataDir, 0o700);
  return {
    adminKey: options.adminKey ?? readOrMake(join(dataDir, 'admin-key'), MIN_ADMIN_KEY_LENGTH),
    tokenSecret: Buffer.from(
      readOrMake(join(dataDir, 'token-secret'), MIN_TOKEN_SECRET_LENGTH),
      'utf8',
    ),
    vapid: vapidKeys(join(dataDir, 'vapid-key')),
  };
};

/** Whoever loses the file has to be given leave by every browser anew. */
const vapidKeys = (path: string): Secrets['vapid'] => {
  const privateKey = readOrMake(path, VAPID_KEY_LENGTH, newVapidKey);
  const pair = createECDH('prime256v1');
  try {
    pair.setPrivateKey(privateKey, 'base64url');
  } catch {
    throw new ConfigError([`${path}: is no private key; remove the file and a new one is made`]);
  }
  return { privateKey, publicKey: pair.getPublicKey('base64url') };
};

const newVapidKey = (): string => {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  const bytes = pair.getPrivateKey();
  return Buffer.concat([Buffer.alloc(VAPID_KEY_BYTES - bytes.length), bytes]).toString('base64url');
};

const newSecret = (): string => randomBytes(32).toString('base64url');

const readOrMake = (path: string, minLength: number, create = newSecret): string => {
  const value = read(path) ?? make(path, create());
  if (value.length < minLength) {
    throw new ConfigError([
      `${path}: shorter than ${minLength} characters; remove the file and a new one is made`,
    ]);
  }
  return value;
};

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw new ConfigError([`${path}: cannot be read`]);
  }
};

/** Whole or not at all: the finished file is linked into place, and whoever links first wins. */
const make = (path: string, value: string): string => {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${value}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, path);
    return value;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    return readFileSync(path, 'utf8').trim();
  } finally {
    rmSync(draft, { force: true });
  }
};

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

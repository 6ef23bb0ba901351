import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import { newId, type KeyId } from '../protocol/ids.ts';
import type { Scope } from '../protocol/rest.ts';
import type { ApiKey, ApiKeyStore } from './ApiKeyStore.ts';
import { hashSecret, newSecret } from './secret.ts';

/** Tells keys from owner secrets, to us and to programs that look for secrets in the wrong places. */
const PREFIX = 'rtk_';
const SHAPE = /^rtk_[\w-]{43}$/;
/** Written no oftener, so that a busy key does not keep the disk busy. */
const USE_NOTED_EVERY_MS = 60_000;

export const looksLikeApiKey = (secret: string): boolean => SHAPE.test(secret);

/** Keys for programs: scoped, shown once, kept as hashes. */
export class ApiKeys {
  readonly #store: ApiKeyStore;
  readonly #clock: Clock;

  constructor({ store, clock }: { store: ApiKeyStore; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** The secret is told here and never again. */
  async create(options: {
    name: string;
    scopes: readonly Scope[];
    expiresInSeconds?: number | undefined;
  }): Promise<{ key: ApiKey; secret: string }> {
    const secret = `${PREFIX}${newSecret()}`;
    const createdAt = this.#clock.now();
    const { name, scopes, expiresInSeconds } = options;
    const key: ApiKey = {
      id: newId('key'),
      name,
      scopes,
      secretHash: hashSecret(secret).toString('hex'),
      createdAt,
      lastUsedAt: null,
      expiresAt: expiresInSeconds === undefined ? null : createdAt + expiresInSeconds * 1000,
    };
    await this.#store.put(key);
    return { key, secret };
  }

  /** Oldest first. */
  list(): Promise<ApiKey[]> {
    return this.#store.all();
  }

  /** Good for nothing from now on. AppError `not_found`. */
  async revoke(id: KeyId): Promise<void> {
    if (!(await this.#store.remove(id))) throw new AppError('not_found', 'There is no such key.');
  }

  /**
   * The key, and notes that it was used. It is found by its hash: how long that takes says nothing
   * about any other. AppError `unauthorized`, in the same words whatever is wrong with it.
   */
  async verify(secret: string): Promise<ApiKey> {
    const key = await this.#store.find(hashSecret(secret).toString('hex'));
    const now = this.#clock.now();
    if (!key || (key.expiresAt !== null && key.expiresAt <= now)) {
      throw new AppError('unauthorized', 'The key is not valid, or no longer.');
    }
    if (key.lastUsedAt === null || key.lastUsedAt + USE_NOTED_EVERY_MS <= now) {
      await this.#store.used(key.id, now);
    }
    return key;
  }
}

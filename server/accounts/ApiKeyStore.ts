import type { KeyId } from '../protocol/ids.ts';
import type { Scope } from '../protocol/rest.ts';

/** An API key without the key: that is shown once and not kept. */
export interface ApiKey {
  readonly id: KeyId;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** SHA-256 of the key, hex. */
  readonly secretHash: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  /** Null: it does not run out. */
  readonly expiresAt: number | null;
}

export interface ApiKeyStore {
  put(key: ApiKey): Promise<void>;
  find(secretHash: string): Promise<ApiKey | undefined>;
  /** Oldest first. */
  all(): Promise<ApiKey[]>;
  /** False when there is none. */
  remove(id: KeyId): Promise<boolean>;
  used(id: KeyId, at: number): Promise<void>;
}

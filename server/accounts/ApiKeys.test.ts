import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../base/FakeClock.ts';
import { newId } from '../protocol/ids.ts';
import { ApiKeys, looksLikeApiKey } from './ApiKeys.ts';
import type { ApiKey, ApiKeyStore } from './ApiKeyStore.ts';

const memory = (): ApiKeyStore => {
  const keys = new Map<string, ApiKey>();
  return {
    put: async (key) => void keys.set(key.id, key),
    find: async (hash) => [...keys.values()].find(({ secretHash }) => secretHash === hash),
    all: async () => [...keys.values()],
    remove: async (id) => keys.delete(id),
    used: async (id, at) => void keys.set(id, { ...keys.get(id)!, lastUsedAt: at }),
  };
};

let clock: FakeClock;
let store: ApiKeyStore;
let apiKeys: ApiKeys;
beforeEach(() => {
  clock = new FakeClock();
  store = memory();
  apiKeys = new ApiKeys({ store, clock });
});

describe('ApiKeys', () => {
  it('are shown once and kept as hashes', async () => {
    const { key, secret } = await apiKeys.create({ name: 'bot', scopes: ['rooms:read'] });
    expect(secret).toMatch(/^rtk_[\w-]{43}$/);
    expect(looksLikeApiKey(secret)).toBe(true);
    expect(JSON.stringify(await apiKeys.list())).not.toContain(secret.slice(4));
    expect(await apiKeys.verify(secret)).toMatchObject({ id: key.id, scopes: ['rooms:read'] });
  });

  it('are refused in the same words whatever is wrong', async () => {
    const { key, secret } = await apiKeys.create({
      name: 'bot',
      scopes: ['rooms:read'],
      expiresInSeconds: 60,
    });
    const revoked = await apiKeys.create({ name: 'gone', scopes: ['rooms:read'] });
    await apiKeys.revoke(revoked.key.id);
    const words = { code: 'unauthorized', message: 'The key is not valid, or no longer.' };
    const last = secret.endsWith('A') ? 'E' : 'A';
    for (const wrong of [revoked.secret, secret.slice(0, -1) + last, key.secretHash, '']) {
      await expect(apiKeys.verify(wrong)).rejects.toMatchObject(words);
    }
    clock.advance(59_999);
    await apiKeys.verify(secret);
    clock.advance(1);
    await expect(apiKeys.verify(secret)).rejects.toMatchObject(words);
    await expect(apiKeys.revoke(newId('key'))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('note their use once a minute', async () => {
    const { secret } = await apiKeys.create({ name: 'bot', scopes: ['rooms:read'] });
    const used = vi.spyOn(store, 'used');
    for (let second = 0; second < 120; second += 1) {
      await apiKeys.verify(secret);
      clock.advance(1_000);
    }
    expect(used).toHaveBeenCalledTimes(2);
    const [key] = await apiKeys.list();
    expect(key!.lastUsedAt).toBe(clock.now() - 60_000);
  });

  it.each(['', 'rtk_', 'rtk_x', `rtk_${'a'.repeat(42)}`, `rtk_${'a'.repeat(44)}`, 'a'.repeat(43)])(
    'are told by their shape from %j',
    (secret) => {
      expect(looksLikeApiKey(secret)).toBe(false);
    },
  );
});

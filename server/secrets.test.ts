import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError } from './config.ts';
import { loadSecrets } from './secrets.ts';

const newDataDir = (): string => join(mkdtempSync(join(tmpdir(), 'roomtone-secrets-')), 'data');
const mode = (path: string): number => statSync(path).mode & 0o777;

describe('loadSecrets', () => {
  it('makes them once, for the owner of the process only', () => {
    const dataDir = newDataDir();
    const first = loadSecrets({ dataDir, adminKey: undefined });
    expect(first.adminKey.length).toBeGreaterThanOrEqual(32);
    expect(first.tokenSecret.length).toBeGreaterThanOrEqual(32);
    expect(mode(dataDir)).toBe(0o700);
    expect(mode(join(dataDir, 'admin-key'))).toBe(0o600);
    expect(mode(join(dataDir, 'token-secret'))).toBe(0o600);
    expect(mode(join(dataDir, 'vapid-key'))).toBe(0o600);
    expect(readdirSync(dataDir).toSorted()).toEqual(['admin-key', 'token-secret', 'vapid-key']);
    expect(loadSecrets({ dataDir, adminKey: undefined })).toEqual(first);
  });

  it('prefers the configured admin key and leaves no other behind', () => {
    const dataDir = newDataDir();
    expect(loadSecrets({ dataDir, adminKey: 'configured' }).adminKey).toBe('configured');
    expect(readdirSync(dataDir).toSorted()).toEqual(['token-secret', 'vapid-key']);
  });

  it('refuses a file that was emptied or shortened', () => {
    const dataDir = newDataDir();
    loadSecrets({ dataDir, adminKey: undefined });
    writeFileSync(join(dataDir, 'token-secret'), 'short');
    expect(() => loadSecrets({ dataDir, adminKey: undefined })).toThrow(ConfigError);
  });

  it.each(['A'.repeat(43), '!'.repeat(43), 'A'.repeat(60)])('refuses %s as a key', (key) => {
    const dataDir = newDataDir();
    loadSecrets({ dataDir, adminKey: undefined });
    writeFileSync(join(dataDir, 'vapid-key'), key);
    expect(() => loadSecrets({ dataDir, adminKey: undefined })).toThrow(/vapid-key/);
  });
});

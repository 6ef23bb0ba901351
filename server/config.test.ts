import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, describeConfig, loadConfig } from './config.ts';
import type { Variables } from './environment.ts';

const address = {
  netmask: '255.255.255.0',
  family: 'IPv4',
  mac: '00:00:00:00:00:00',
  cidr: null,
} as const;
const machine = {
  cores: 3,
  interfaces: {
    lo: [{ ...address, address: '127.0.0.1', internal: true }],
    eth0: [{ ...address, address: '192.0.2.7', internal: false }],
  },
};
const load = (env: Variables) => loadConfig(env, machine);
const mistakesOf = (env: Variables): string => {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
};
const file = (content: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'roomtone-config-')), 'value');
  writeFileSync(path, content);
  return path;
};

describe('loadConfig', () => {
  it('works without any variable', () => {
    expect(load({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      rooms: 'open',
      rtc: { listenIp: '127.0.0.1', announcedAddress: undefined, port: 40_000 },
      workers: 3,
      logLevel: 'info',
      warnings: [],
    });
    expect(load({ HOST: '', PORT: ' ' })).toEqual(load({}));
    expect(Object.isFrozen(load({}))).toBe(true);
  });

  it.each([
    ['PORT', '70000', 'a port from 1 to 65535'],
    ['PORT', '80a', 'a port from 1 to 65535'],
    ['PORT', '1e3', 'a port from 1 to 65535'],
    ['WORKERS', '0', 'from 1 to 256'],
    ['ROOMS', 'closed', '"open"'],
    ['LOG_LEVEL', 'loud', 'debug'],
    ['PUBLIC_URL', 'meet.example.org', 'https://'],
    ['PUBLIC_URL', 'https://example.org/meet', 'without a path'],
    ['HOST', 'a b', 'an address'],
    ['ADMIN_KEY', 'short', '24 characters'],
    ['TURN_SECRET', 'short', '16 characters'],
    ['TURN_URLS', 'http://turn', 'turn:'],
    ['TRUST_PROXY', 'everybody', '10.0.0.0/8'],
    ['DATABASE_URL', 'mysql://x', 'postgres://'],
    ['SMTP_URL', 'mail.example.org', 'smtp://'],
    ['TLS_CERT', '/does/not/exist', 'TLS_KEY'],
    ['TLS_KEY', '/does/not/exist', 'TLS_CERT'],
    ['TURN_URLS', 'turn:turn.example.org', 'TURN_SECRET'],
    ['OPENID_ISSUER', 'login.example.org', 'https://'],
    ['OPENID_ISSUER', 'https://login.example.org/?realm=staff', 'https://'],
    ['OPENID_ISSUER', 'https://login.example.org', 'OPENID_CLIENT_SECRET: missing'],
    ['OPENID_CLIENT_ID', 'roomtone', 'OPENID_ISSUER: missing'],
    ['OPENID_CLIENT_SECRET', 'sesame', 'OPENID_CLIENT_ID: missing'],
    ['OPENID_NAME', 'Staff', 'OPENID_ISSUER: missing'],
    ['RTC_PORT', '65535', 'choose less'],
    ['PORT', '40001', 'a media port too'],
    ['ADMIN_KEY_FILE', '/does/not/exist', 'cannot read'],
  ])('refuses %s=%s and says what is right', (key, value, words) => {
    const message = mistakesOf({ [key]: value });
    expect(message).toContain(key);
    expect(message).toContain(words);
  });

  it('lists all mistakes at once and no secret', () => {
    const message = mistakesOf({ PORT: 'x', ROOMS: 'y', ADMIN_KEY: 'geheim', LOG_LEVEL: 'z' });
    for (const key of ['PORT', 'ROOMS', 'ADMIN_KEY', 'LOG_LEVEL']) expect(message).toContain(key);
    expect(message).not.toContain('geheim');
  });

  it('reads secrets from files', () => {
    const key = 'k'.repeat(24);
    expect(load({ ADMIN_KEY_FILE: file(`${key}\n`) }).adminKey).toBe(key);
    expect(mistakesOf({ ADMIN_KEY_FILE: file(key), ADMIN_KEY: key })).toContain('both set');
    expect(mistakesOf({ ADMIN_KEY_FILE: file('\n') })).toContain('empty');
  });

  describe('with a provider of OpenID Connect', () => {
    const openId = {
      OPENID_ISSUER: 'https://login.example.org/realms/staff',
      OPENID_CLIENT_ID: 'roomtone',
      OPENID_CLIENT_SECRET: 'sesame',
    };

    const at = (issuer: string) => ({ ...openId, OPENID_ISSUER: issuer });

    it('calls it by its name, or by its host', () => {
      expect(load(openId).openId).toEqual({
        issuer: 'https://login.example.org/realms/staff',
        clientId: 'roomtone',
        clientSecret: 'sesame',
        name: 'login.example.org',
      });
      expect(load({ ...openId, OPENID_NAME: 'Staff' }).openId?.name).toBe('Staff');
      expect(load({}).openId).toBeUndefined();
    });

    it('reads its secret from a file', () => {
      const { OPENID_CLIENT_SECRET: secret, ...others } = openId;
      const env = { ...others, OPENID_CLIENT_SECRET_FILE: file(`${secret}\n`) };
      expect(load(env).openId?.clientSecret).toBe('sesame');
    });

    it('wants https, except on this machine', () => {
      expect(mistakesOf(at('http://login.example.org'))).toContain('OPENID_ISSUER: must be https');
      for (const issuer of ['http://localhost:4000', 'http://127.0.0.1:4000', 'http://[::1]:4000'])
        expect(load(at(issuer)).openId?.issuer).toBe(issuer);
      expect(mistakesOf(at('https://[login'))).toContain('OPENID_ISSUER');
    });
  });

  it('listens to everybody behind TLS or a proxy, and announces the own address', () => {
    const pem = file('-----BEGIN CERTIFICATE-----');
    const rtc = { listenIp: '0.0.0.0', announcedAddress: '192.0.2.7' };
    expect(load({ TLS_CERT: pem, TLS_KEY: pem })).toMatchObject({ host: '0.0.0.0', rtc });
    expect(load({ TRUST_PROXY: 'true' })).toMatchObject({
      host: '0.0.0.0',
      rtc,
      trustProxy: 'loopback,linklocal,uniquelocal',
    });
    expect(load({ TRUST_PROXY: 'loopback', HOST: '127.0.0.1' })).toMatchObject({
      host: '127.0.0.1',
      rtc,
    });
    expect(load({ TRUST_PROXY: 'false' }).trustProxy).toBeUndefined();
  });

  it.each([
    [{ HOST: '0.0.0.0' }, '0.0.0.0', '192.0.2.7'],
    [{ HOST: '0.0.0.0', ANNOUNCED_ADDRESS: '198.51.100.1' }, '0.0.0.0', '198.51.100.1'],
    [{ HOST: '192.0.2.7' }, '192.0.2.7', undefined],
    [{ HOST: 'localhost' }, '127.0.0.1', undefined],
    [{ HOST: '::' }, '0.0.0.0', '192.0.2.7'],
  ])('with %o media listens on %s', (env, listenIp, announcedAddress) => {
    expect(load(env).rtc).toMatchObject({ listenIp, announcedAddress });
  });

  it('warns of plain HTTP for others', () => {
    expect(load({ HOST: '0.0.0.0' }).warnings).toHaveLength(1);
    expect(load({ PUBLIC_URL: 'http://meet.example.org' }).warnings).toHaveLength(1);
    expect(load({ PUBLIC_URL: 'http://localhost:3000' }).warnings).toHaveLength(0);
  });

  it('prints no secret', () => {
    const lines = describeConfig(
      load({
        ADMIN_KEY: 'sesame-'.repeat(4),
        TURN_URLS: 'turn:turn.example.org:3478?transport=udp, turns:turn.example.org',
        TURN_SECRET: 'sesame-'.repeat(4),
        OPENID_ISSUER: 'https://login.example.org',
        OPENID_CLIENT_ID: 'roomtone',
        OPENID_CLIENT_SECRET: 'sesame',
        SMTP_URL: 'smtp://me:sesame-@example.org',
        DATABASE_URL: 'postgres://me:sesame-@db/x',
      }),
    ).join('\n');
    expect(lines).toContain('turns:turn.example.org');
    expect(lines).not.toContain('sesame');
  });
});

import { readFileSync } from 'node:fs';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { LogLevel } from './base/logger.ts';

/** Each description says what a right value looks like: it is the end of every error message. */
const EnvironmentSchema = Type.Object({
  HOST: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9.:_-]{1,253}$',
      description: 'an address or host name to listen on, such as 127.0.0.1 or 0.0.0.0',
    }),
  ),
  PORT: Type.Integer({
    minimum: 0,
    maximum: 65_535,
    default: 3000,
    description: 'a port from 1 to 65535, or 0 for any free one',
  }),
  PUBLIC_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^\\s/?#@]+/?$',
      description: 'where browsers find this server, without a path: https://meet.example.org',
    }),
  ),
  DATA_DIR: Type.String({ default: 'data', description: 'a folder for secrets and the database' }),
  RECORDINGS_DIR: Type.String({ default: 'recordings', description: 'a folder for recordings' }),
  DATABASE_URL: Type.Optional(
    Type.String({
      pattern: '^(postgres|postgresql|sqlite)://?\\S+$',
      description: 'postgres://user:password@host/database, or absent for SQLite in DATA_DIR',
    }),
  ),
  ROOMS: Type.Union([Type.Literal('open'), Type.Literal('members')], {
    default: 'open',
    description: '"open" (anybody may start a room) or "members"',
  }),
  ANNOUNCED_ADDRESS: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9.:-]{1,253}$',
      description: 'the IP address or host name at which browsers reach the media ports',
    }),
  ),
  RTC_PORT: Type.Integer({
    minimum: 0,
    maximum: 65_535,
    default: 40_000,
    description: 'the first of one UDP and TCP port per worker, or 0 for any free ones',
  }),
  WORKERS: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 256, description: 'a number of workers from 1 to 256' }),
  ),
  ADMIN_KEY: Type.Optional(
    Type.String({
      pattern: '^[\\x21-\\x7e]{24,256}$',
      description: 'at least 24 characters without spaces, such as `openssl rand -hex 24` prints',
    }),
  ),
  TLS_CERT: Type.Optional(Type.String({ description: 'a PEM file with the certificate chain' })),
  TLS_KEY: Type.Optional(Type.String({ description: 'a PEM file with the private key' })),
  TRUST_PROXY: Type.Optional(
    Type.String({
      pattern:
        '^(true|false|(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(/\\d{1,3})?)(\\s*,\\s*(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(/\\d{1,3})?))*)$',
      description: '"true" (any private address), or the addresses of the proxies: 10.0.0.0/8',
    }),
  ),
  TURN_URLS: Type.Optional(
    Type.String({
      pattern:
        '^turns?:[A-Za-z0-9.:_[\\]-]+(\\?transport=(udp|tcp))?(\\s*,\\s*turns?:[A-Za-z0-9.:_[\\]-]+(\\?transport=(udp|tcp))?)*$',
      description: 'addresses separated by commas: turn:turn.example.org:3478,turns:...',
    }),
  ),
  TURN_SECRET: Type.Optional(
    Type.String({ minLength: 16, description: 'at least 16 characters, the same as in coturn' }),
  ),
  SMTP_URL: Type.Optional(
    Type.String({
      pattern: '^smtps?://\\S+$',
      description: 'smtp://user:password@mail.example.org:587',
    }),
  ),
  SPEECH_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^\\s?#@]+$',
      description:
        'a speech service with the interface of OpenAI for transcriptions: http://localhost:8000/v1',
    }),
  ),
  SPEECH_KEY: Type.Optional(
    Type.String({
      pattern: '^[\\x21-\\x7e]+$',
      description: 'the key that the speech service asks for, without spaces',
    }),
  ),
  SPEECH_MODEL: Type.String({
    pattern: '^[\\x21-\\x7e]{1,200}$',
    default: 'whisper-1',
    description: 'the name of a model that the speech service has',
  }),
  MAIL_FROM: Type.Optional(
    Type.String({
      pattern: '^([^<>@\\r\\n]+ <[^<>@\\s]+@[^<>@\\s]+>|[^<>@\\s]+@[^<>@\\s]+)$',
      maxLength: 254,
      description: 'whom mails are from: Roomtone <roomtone@example.org>',
    }),
  ),
  OPENID_ISSUER: Type.Optional(
    Type.String({
      pattern: '^https?://[^\\s?#@]+$',
      description:
        'the issuer of OpenID Connect as its provider writes it: https://login.example.org/realms/staff (http only on this machine)',
    }),
  ),
  OPENID_CLIENT_ID: Type.Optional(
    Type.String({ pattern: '^[\\x20-\\x7e]+$', description: 'as the provider knows this server' }),
  ),
  OPENID_CLIENT_SECRET: Type.Optional(
    Type.String({
      pattern: '^[\\x20-\\x7e]+$',
      description: 'the secret that goes with OPENID_CLIENT_ID',
    }),
  ),
  OPENID_NAME: Type.Optional(
    Type.String({
      maxLength: 64,
      description: 'what the button says after “Sign in with”, at most 64 characters',
    }),
  ),
  KEEP_RECORDINGS_DAYS: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 36_500,
      description: 'a number of days after which recordings are deleted; absent: never',
    }),
  ),
  KEEP_RECORDINGS_GB: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      description: 'gigabytes that all recordings may take, the oldest go first; absent: no limit',
    }),
  ),
  MAX_RECORDING_HOURS: Type.Integer({
    minimum: 1,
    maximum: 168,
    default: 12,
    description: 'hours after which a recording stops by itself, 1 to 168',
  }),
  RENDER: Type.Unsafe<'automatic' | 'asked'>(
    Type.Union([Type.Literal('automatic'), Type.Literal('asked')], {
      default: 'automatic',
      description: 'automatic (one video of every call) or asked (only when somebody asks)',
    }),
  ),
  FFMPEG_BIN: Type.Optional(Type.String({ description: 'the path of an ffmpeg' })),
  MEDIASOUP_WORKER_BIN: Type.Optional(
    Type.String({ description: 'the path of a mediasoup worker' }),
  ),
  LOG_LEVEL: Type.Unsafe<LogLevel>(
    Type.Union(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].map((l) => Type.Literal(l)),
      { default: 'info', description: 'fatal, error, warn, info, debug, trace or silent' },
    ),
  ),
});

export type Environment = Static<typeof EnvironmentSchema>;
type Key = keyof Environment;

/** Keys whose value may come from a file (`ADMIN_KEY_FILE`) and is never printed. */
const SECRETS: ReadonlySet<Key> = new Set([
  'ADMIN_KEY',
  'TURN_SECRET',
  'OPENID_CLIENT_SECRET',
  'SMTP_URL',
  'SPEECH_KEY',
  'DATABASE_URL',
]);
const KEYS = Object.keys(EnvironmentSchema.properties) as Key[];
const environment = Compile(EnvironmentSchema);

export type Variables = Readonly<Record<string, string | undefined>>;

const secretFromFile = (key: Key, env: Variables, mistakes: string[]): string | undefined => {
  const path = env[`${key}_FILE`];
  if (!path) return undefined;
  if (env[key]) mistakes.push(`${key} and ${key}_FILE are both set: keep one of them`);
  try {
    const value = readFileSync(path, 'utf8').trim();
    if (value === '') mistakes.push(`${key}_FILE: ${path} is empty`);
    return value;
  } catch {
    mistakes.push(`${key}_FILE: cannot read ${path}`);
    return undefined;
  }
};

const attribute = (key: Key, name: 'type' | 'default' | 'description'): unknown => {
  const schema: object = EnvironmentSchema.properties[key];
  return (schema as Record<string, unknown>)[name];
};

const typed = (key: Key, raw: string | undefined): unknown => {
  if (raw === undefined) return attribute(key, 'default');
  return attribute(key, 'type') === 'integer' && /^-?\d{1,9}$/.test(raw) ? Number(raw) : raw;
};

/** Values of the right type, or one mistake per wrong key. An empty variable counts as absent. */
export const readEnvironment = (
  env: Variables,
): { values: Environment; mistakes: [] } | { values: undefined; mistakes: string[] } => {
  const mistakes: string[] = [];
  const values: Record<string, unknown> = {};
  for (const key of KEYS) {
    const own = env[key]?.trim() || undefined;
    const raw = (SECRETS.has(key) ? secretFromFile(key, env, mistakes) : undefined) ?? own;
    const value = typed(key, raw);
    if (value !== undefined) values[key] = value;
  }
  if (environment.Check(values) && mistakes.length === 0) return { values, mistakes: [] };
  const wrong = new Set(environment.Errors(values).map((error) => error.instancePath.slice(1)));
  for (const key of KEYS.filter((name) => wrong.has(name))) {
    const shown = SECRETS.has(key) ? '' : `${JSON.stringify(values[key])} is not right: `;
    mistakes.push(`${key}: ${shown}it takes ${String(attribute(key, 'description'))}`);
  }
  return { values: undefined, mistakes };
};

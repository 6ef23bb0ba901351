import { readFileSync } from 'node:fs';
import { availableParallelism, networkInterfaces, type NetworkInterfaceInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { readEnvironment, type Environment, type Variables } from './environment.ts';
import { isLoopback, rtcAddress, type RtcAddress } from './network.ts';
import type { LogLevel } from './base/logger.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  /** An origin: no path, no slash at the end. */
  readonly publicUrl: string | undefined;
  readonly dataDir: string;
  readonly recordingsDir: string;
  readonly databaseUrl: string | undefined;
  readonly recordings: {
    /** Null: for ever; a room's own rule comes first. */
    readonly keepDays: number | null;
    readonly keepBytes: number | null;
    readonly maxLengthMs: number;
    /** One video is made of every call. */
    readonly renderAutomatically: boolean;
  };
  readonly rooms: 'open' | 'members';
  readonly rtc: RtcAddress & { readonly port: number };
  readonly workers: number;
  readonly adminKey: string | undefined;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** Whose X-Forwarded-* headers are believed. */
  readonly trustProxy: string | undefined;
  readonly turn: { readonly urls: readonly string[]; readonly secret: string } | undefined;
  /** Where people can sign in beside, or instead of, having a password here. */
  readonly openId: OpenIdConfig | undefined;
  /** Who writes down what is said in messages; undefined: nobody. */
  readonly speech:
    { readonly url: string; readonly key: string | undefined; readonly model: string } | undefined;
  readonly smtpUrl: string | undefined;
  /** Whom mails are from. */
  readonly mailFrom: string;
  readonly ffmpegBin: string | undefined;
  readonly mediasoupWorkerBin: string | undefined;
  readonly logLevel: LogLevel;
  /** Allowed, but the operator should know. */
  readonly warnings: readonly string[];
}

export interface OpenIdConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
}

export interface Machine {
  readonly cores: number;
  readonly interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>;
}

const thisMachine = (): Machine => ({
  cores: availableParallelism(),
  interfaces: networkInterfaces(),
});

/** Every mistake at once, one line each, beginning with the key. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`The configuration is wrong:\n${mistakes.map((line) => `  ${line}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

/** Reads and checks the whole configuration. @throws ConfigError naming each wrong key. */
export const loadConfig = (env: Variables, machine: Machine = thisMachine()): Config => {
  const { values, mistakes } = readEnvironment(env);
  if (!values) throw new ConfigError(mistakes);
  const config = derive(values, machine);
  const contradictions = findContradictions(values, config);
  if (contradictions.length > 0) throw new ConfigError(contradictions);
  return Object.freeze(config);
};

const derive = (env: Environment, machine: Machine): Config => {
  const tls =
    env.TLS_CERT && env.TLS_KEY ? { certFile: env.TLS_CERT, keyFile: env.TLS_KEY } : undefined;
  const trustProxy = readTrustProxy(env.TRUST_PROXY);
  const behindProxy = trustProxy !== undefined;
  const host = env.HOST ?? (tls || behindProxy ? '0.0.0.0' : '127.0.0.1');
  const address = rtcAddress({
    host,
    behindProxy,
    announcedAddress: env.ANNOUNCED_ADDRESS,
    interfaces: machine.interfaces,
  });
  return {
    host,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL && new URL(env.PUBLIC_URL).origin,
    dataDir: resolve(env.DATA_DIR),
    recordingsDir: resolve(env.RECORDINGS_DIR),
    databaseUrl: env.DATABASE_URL,
    recordings: Object.freeze({
      keepDays: env.KEEP_RECORDINGS_DAYS ?? null,
      keepBytes: env.KEEP_RECORDINGS_GB === undefined ? null : env.KEEP_RECORDINGS_GB * 1e9,
      maxLengthMs: env.MAX_RECORDING_HOURS * 3_600_000,
      renderAutomatically: env.RENDER === 'automatic',
    }),
    rooms: env.ROOMS,
    rtc: Object.freeze({ ...address, port: env.RTC_PORT }),
    workers: env.WORKERS ?? machine.cores,
    adminKey: env.ADMIN_KEY,
    tls: tls && Object.freeze(tls),
    trustProxy,
    turn:
      env.TURN_URLS && env.TURN_SECRET
        ? Object.freeze({ urls: Object.freeze(list(env.TURN_URLS)), secret: env.TURN_SECRET })
        : undefined,
    openId: readOpenId(env),
    speech: env.SPEECH_URL
      ? Object.freeze({ url: env.SPEECH_URL, key: env.SPEECH_KEY, model: env.SPEECH_MODEL })
      : undefined,
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM ?? `Roomtone <roomtone@${hostOf(env.PUBLIC_URL)}>`,
    ffmpegBin: env.FFMPEG_BIN,
    mediasoupWorkerBin: env.MEDIASOUP_WORKER_BIN,
    logLevel: env.LOG_LEVEL,
    warnings: Object.freeze(
      findRisks({ host, tls: tls !== undefined, behindProxy, publicUrl: env.PUBLIC_URL }),
    ),
  };
};

const hostOf = (publicUrl: string | undefined): string =>
  publicUrl === undefined ? 'localhost' : new URL(publicUrl).hostname;

const readOpenId = (env: Environment): OpenIdConfig | undefined => {
  const { OPENID_ISSUER: issuer, OPENID_CLIENT_ID: clientId } = env;
  const clientSecret = env.OPENID_CLIENT_SECRET;
  if (!issuer || !clientId || !clientSecret) return undefined;
  const name = env.OPENID_NAME ?? URL.parse(issuer)?.host ?? issuer;
  return Object.freeze({ issuer, clientId, clientSecret, name });
};

const list = (value: string): string[] => value.split(',').map((part) => part.trim());

/** "true" means proxies on private networks, never the whole internet: anybody could lie then. */
const readTrustProxy = (value: string | undefined): string | undefined => {
  if (value === undefined || value === 'false') return undefined;
  return value === 'true' ? 'loopback,linklocal,uniquelocal' : list(value).join(',');
};

/** Keys that are right one by one and wrong together. */
const findContradictions = (env: Environment, config: Config): string[] => {
  const mistakes: string[] = [];
  if (env.TLS_CERT && !env.TLS_KEY) mistakes.push('TLS_KEY: missing, TLS_CERT needs it');
  if (env.TLS_KEY && !env.TLS_CERT) mistakes.push('TLS_CERT: missing, TLS_KEY needs it');
  for (const key of ['TLS_CERT', 'TLS_KEY'] as const) {
    const path = env[key];
    if (path !== undefined && !isPem(path))
      mistakes.push(`${key}: ${path} is no readable PEM file`);
  }
  if (env.TURN_URLS && !env.TURN_SECRET) mistakes.push('TURN_SECRET: missing, TURN_URLS needs it');
  if (env.TURN_SECRET && !env.TURN_URLS) mistakes.push('TURN_URLS: missing, TURN_SECRET is set');
  if (env.SPEECH_KEY && !env.SPEECH_URL) {
    mistakes.push('SPEECH_URL: missing, SPEECH_KEY is set');
  }
  mistakes.push(...openIdMistakes(env));
  const last = config.rtc.port + config.workers - 1;
  if (config.rtc.port > 0 && last > 65_535) {
    mistakes.push(
      `RTC_PORT: ${config.workers} workers would need ports up to ${last}; choose less`,
    );
  }
  if (config.rtc.port > 0 && config.port >= config.rtc.port && config.port <= last) {
    mistakes.push(`PORT: ${config.port} is a media port too (${config.rtc.port} to ${last})`);
  }
  return mistakes;
};

const openIdMistakes = (env: Environment): string[] => {
  const keys = ['OPENID_ISSUER', 'OPENID_CLIENT_ID', 'OPENID_CLIENT_SECRET'] as const;
  const given = [...keys, 'OPENID_NAME' as const].find((key) => env[key] !== undefined);
  if (given === undefined) return [];
  const missing = keys.filter((key) => env[key] === undefined);
  const mistakes = missing.map((key) => `${key}: missing, ${given} needs it`);
  const issuer = env.OPENID_ISSUER === undefined ? undefined : URL.parse(env.OPENID_ISSUER);
  if (issuer === null) mistakes.push('OPENID_ISSUER: is no address');
  if (issuer?.protocol === 'http:' && !isLoopback(issuer.hostname.replace(/^\[|\]$/g, ''))) {
    mistakes.push('OPENID_ISSUER: must be https, or passwords and tokens could be read on the way');
  }
  return mistakes;
};

const isPem = (path: string): boolean => {
  try {
    return readFileSync(path, 'utf8').includes('-----BEGIN');
  } catch {
    return false;
  }
};

const findRisks = (options: {
  host: string;
  tls: boolean;
  behindProxy: boolean;
  publicUrl: string | undefined;
}): string[] => {
  const secure = options.tls || options.behindProxy;
  const risks: string[] = [];
  if (!isLoopback(options.host) && !secure) {
    risks.push(
      `HOST ${options.host} without TLS_CERT or TRUST_PROXY: browsers give no camera or microphone over plain HTTP`,
    );
  }
  if (options.publicUrl?.startsWith('http:') && !isLoopback(new URL(options.publicUrl).hostname)) {
    risks.push('PUBLIC_URL is http: browsers give no camera or microphone there');
  }
  return risks;
};

/** The URL that was given, or the path of SQLite's file in the data folder. */
export const databaseTarget = ({ databaseUrl, dataDir }: Config): string =>
  databaseUrl ?? join(dataDir, 'roomtone.db');

const masked = (value: string | undefined): string => (value === undefined ? 'not set' : 'set');

const keeping = ({ keepDays, keepBytes }: Config['recordings']): string => {
  const rules = [
    ...(keepDays === null ? [] : [`${keepDays} days`]),
    ...(keepBytes === null ? [] : [`${keepBytes / 1e9} GB`]),
  ];
  return rules.length > 0 ? `at most ${rules.join(' and ')}` : 'until they are deleted';
};

/** What the server was told, one line each, without secrets. */
export const describeConfig = (config: Config): string[] => [
  `listen           ${config.tls ? 'https' : 'http'}://${config.host}:${config.port}`,
  `public address   ${config.publicUrl ?? 'as the browser asks'}`,
  `proxies trusted  ${config.trustProxy ?? 'none'}`,
  `rooms            ${config.rooms}`,
  `media            ${config.rtc.listenIp}, ports from ${config.rtc.port}, ${config.workers} workers`,
  `media announced  ${config.rtc.announcedAddress ?? config.rtc.listenIp}`,
  `turn             ${config.turn?.urls.join(', ') ?? 'none'}`,
  `data             ${config.dataDir}`,
  `recordings       ${config.recordingsDir}`,
  `recordings keep  ${keeping(config.recordings)}`,
  `database         ${config.databaseUrl === undefined ? 'SQLite in the data folder' : 'set'}`,
  `sign-in with     ${config.openId ? `${config.openId.name}, ${config.openId.issuer}` : 'passwords alone'}`,
  `transcripts      ${config.speech ? `${config.speech.url}, ${config.speech.model}` : 'none'}`,
  `mail             ${masked(config.smtpUrl)}`,
  `admin key        ${config.adminKey === undefined ? 'from the data folder' : 'set'}`,
  `log level        ${config.logLevel}`,
];

import { pino, type Logger } from 'pino';

export type { Logger };

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/**
 * One JSON line per event. Lines carry ids, never people: no display name, token, secret, SDP or
 * message text; what slips through under these keys is removed.
 */
export const createLogger = (level: LogLevel): Logger =>
  pino({
    level,
    base: null,
    redact: {
      paths: [
        '*.token',
        '*.resumeToken',
        '*.ownerSecret',
        'req.headers.authorization',
        'req.headers.cookie',
      ],
      remove: true,
    },
  });

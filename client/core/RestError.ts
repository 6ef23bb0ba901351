import type { ErrorCode } from '../../server/protocol/errors.ts';
import type { Problem } from '../../server/protocol/rest.ts';

interface RestErrorOptions extends ErrorOptions {
  readonly retryAfterSeconds?: number | null;
  readonly fields?: Problem['errors'];
}

/** A call that failed: the server said no (RFC 9457), or was not there (`offline`). */
export class RestError extends Error {
  readonly code: ErrorCode | 'offline';
  /** 0 when the server was not there. */
  readonly status: number;
  /** When to come back, where the server says so. */
  readonly retryAfterSeconds: number | null;
  /** JSON pointers to what was wrong in the body. */
  readonly pointers: readonly string[];

  constructor(
    code: ErrorCode | 'offline',
    status: number,
    message: string,
    { retryAfterSeconds = null, fields = [], ...options }: RestErrorOptions = {},
  ) {
    super(message, options);
    this.name = 'RestError';
    this.code = code;
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
    this.pointers = fields.map(({ pointer }) => pointer);
  }
}

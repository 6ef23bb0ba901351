import type { ErrorCode } from '../../server/protocol/errors.ts';

/** A call that failed: the server said no (RFC 9457), or was not there (`offline`). */
export class RestError extends Error {
  readonly code: ErrorCode | 'offline';
  /** 0 when the server was not there. */
  readonly status: number;

  constructor(
    code: ErrorCode | 'offline',
    status: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'RestError';
    this.code = code;
    this.status = status;
  }
}

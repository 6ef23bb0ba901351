import type { ErrorCode } from '../protocol/errors.ts';

export interface FieldError {
  /** JSON pointer into the data that was sent (RFC 6901). */
  readonly pointer: string;
  readonly message: string;
}

/** An error that may be told to whoever asked. Everything else is logged and sent as `internal`. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  /** How long to wait before the same request can work (`rate_limited`, `unavailable`). */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; fields?: readonly FieldError[]; retryAfterSeconds?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.fields = options.fields ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

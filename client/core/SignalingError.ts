import { ERROR_STATUS, type ErrorCode } from '../../server/protocol/errors.ts';

/** `closed`: the socket went away before the answer. `timeout`: no answer came. */
export type SignalingErrorCode = ErrorCode | 'closed' | 'timeout';

/** A request that failed: the server said no, or nobody said anything. */
export class SignalingError extends Error {
  readonly code: SignalingErrorCode;
  /** The HTTP status that goes with the code; 0 when the server did not speak. */
  readonly status: number;

  constructor(code: SignalingErrorCode, message: string = code) {
    super(message);
    this.name = 'SignalingError';
    this.code = code;
    this.status = code === 'closed' || code === 'timeout' ? 0 : ERROR_STATUS[code];
  }
}

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_STATUS, code);

/** Did the line fail, and not the request? */
export const isLineFault = (error: unknown): boolean =>
  error instanceof SignalingError && error.status === 0;

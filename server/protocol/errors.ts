/**
 * The closed list of error codes, the same on the socket and over REST, with the HTTP status each
 * one carries. A code is for programs and never changes its meaning; the words beside it may.
 */
export const ERROR_STATUS = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  room_locked: 403,
  not_found: 404,
  wrong_state: 409,
  /** It was there, and is no more: a share that expired or was revoked. */
  gone: 410,
  too_large: 413,
  unsupported_media_type: 415,
  range_not_satisfiable: 416,
  rate_limited: 429,
  internal: 500,
  room_full: 503,
  unavailable: 503,
  /** Too little space is left on the disk to record. */
  disk_full: 507,
  /** Nobody can leave a message there until some are gone. */
  mailbox_full: 507,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** Why the server closed a socket. Below 4000 as RFC 6455 defines them. */
export const CLOSE_CODE = {
  /** The client said goodbye. */
  normal: 1000,
  /** Binary frames are not spoken here. */
  unsupportedData: 1003,
  policy: 1008,
  tooBig: 1009,
  /** The server restarts: come back with the resume token, then by joining anew. */
  restart: 1012,
  /** The client reads too slowly, or the server is full: come back later. */
  tryLater: 1013,
  /** Third malformed frame. */
  protocol: 4400,
  expired: 4401,
  /** Removed from the room by somebody who may, or the room was ended. */
  removed: 4403,
  /** No join or resume within the time allowed. */
  silent: 4408,
  /** The same session arrived on a newer socket. */
  replaced: 4409,
  tooFast: 4429,
} as const;

export type CloseCode = (typeof CLOSE_CODE)[keyof typeof CLOSE_CODE];

/** Codes after which a client must not come back by itself. */
export const FINAL_CLOSE_CODES: ReadonlySet<number> = new Set([
  CLOSE_CODE.normal,
  CLOSE_CODE.protocol,
  CLOSE_CODE.expired,
  CLOSE_CODE.removed,
  CLOSE_CODE.replaced,
]);

import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type FieldError } from '../base/AppError.ts';
import { ERROR_STATUS, type ErrorCode } from '../protocol/errors.ts';
import type { Problem } from '../protocol/rest.ts';
import { fieldErrors, isValidationError } from './fieldErrors.ts';
import { securityHeaders } from './securityHeaders.ts';

/** Only HTTP has methods, so this code is not in the list that sockets share. */
export type ProblemCode = ErrorCode | 'method_not_allowed';

interface Fault {
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: string;
  readonly fields: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;
}

/** Words for errors that Fastify raises: its own words may repeat what was sent. */
const FRAMEWORK_FAULTS: Readonly<Record<number, readonly [ProblemCode, string]>> = {
  400: ['bad_request', 'The request is malformed.'],
  403: ['forbidden', 'This is not allowed.'],
  404: ['not_found', 'There is nothing here.'],
  405: ['method_not_allowed', 'This method is not allowed here.'],
  408: ['bad_request', 'The request took too long.'],
  413: ['too_large', 'The body is too large.'],
  414: ['too_large', 'The address is too long.'],
  415: ['unsupported_media_type', 'The body must be application/json, not compressed.'],
  429: ['rate_limited', 'Too many requests.'],
  431: ['too_large', 'The headers are too large.'],
  503: ['unavailable', 'The server is not available right now.'],
};

const none = { fields: [], retryAfterSeconds: undefined } as const;
const internal: Fault = {
  ...none,
  code: 'internal',
  status: 500,
  detail: 'Something went wrong here. It has been logged.',
};

export const faultOf = (error: unknown): Fault => {
  if (error instanceof AppError) {
    const { code, message, fields, retryAfterSeconds } = error;
    return { code, status: ERROR_STATUS[code], detail: message, fields, retryAfterSeconds };
  }
  if (isValidationError(error)) return invalid(error);
  const status = statusOf(error);
  const known = FRAMEWORK_FAULTS[status];
  return known ? { ...none, code: known[0], status, detail: known[1] } : internal;
};

/** An id that cannot exist is an id that does not exist. */
const invalid = (error: Parameters<typeof fieldErrors>[0]): Fault =>
  error.validationContext === 'params'
    ? { ...none, code: 'not_found', status: 404, detail: 'There is nothing here.' }
    : {
        ...none,
        code: 'bad_request',
        status: 400,
        detail: `The ${error.validationContext === 'querystring' ? 'query' : 'body'} is not as it should be.`,
        fields: fieldErrors(error),
      };

const statusOf = (error: unknown): number =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 500;

export const problemBody = (fault: Fault, requestId?: string): Problem => ({
  type: 'about:blank',
  title: STATUS_CODES[fault.status] ?? 'Error',
  status: fault.status,
  code: fault.code,
  detail: fault.detail,
  ...(requestId !== undefined && { instance: `urn:uuid:${requestId}` }),
  ...(fault.fields.length > 0 && { errors: [...fault.fields] }),
});

/** Answers with RFC 9457, and logs whole what was nobody's fault but ours. */
export const sendProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
  const fault = faultOf(error);
  if (fault.code === 'internal') request.log.error({ err: error }, 'unexpected error');
  void reply.headers(securityHeaders(request.host)).header('cache-control', 'no-store');
  if (fault.status === 401) void reply.header('www-authenticate', 'Bearer realm="roomtone"');
  if (fault.retryAfterSeconds !== undefined) {
    void reply.header('retry-after', String(fault.retryAfterSeconds));
  } else if (fault.status === 503) {
    void reply.header('retry-after', '5');
  }
  // Bytes, for Fastify adds a charset to strings, and this type has none.
  void reply
    .code(fault.status)
    .type('application/problem+json')
    .send(Buffer.from(JSON.stringify(problemBody(fault, request.id))));
};

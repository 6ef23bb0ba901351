import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../base/AppError.ts';
import type { OpenFile } from '../recordings/Vault.ts';
import { contentDisposition } from './contentDisposition.ts';
import { isUnchanged, rangeHolds, readRange, type Range, type Validators } from './ranges.ts';

export interface FileAnswer {
  readonly file: OpenFile;
  /** Media type. */
  readonly type: string;
  /** Under which it is saved. */
  readonly name: string;
  readonly disposition: 'attachment' | 'inline';
  /** Hex, of bytes that never change; absent: a snapshot, the next one is another. */
  readonly sha256: string | undefined;
}

/**
 * Sets status and headers of an answer to GET or HEAD: the file, the stretch of it that is asked for,
 * or nothing when the client has it. Returns which bytes are to be sent (`end` inclusive), if any.
 * AppError `range_not_satisfiable`.
 */
export const describeFile = (
  request: FastifyRequest,
  reply: FastifyReply,
  { file: { bytes, modifiedAt }, type, name, disposition, sha256 }: FileAnswer,
): { start: number; end: number } | undefined => {
  const etag = sha256 === undefined ? undefined : `"${sha256}"`;
  const validators = { etag, lastModified: new Date(modifiedAt).toUTCString() };
  const unchanged = isUnchanged(request.headers, validators);
  const range = unchanged ? WHOLE : rangeOf(request, validators, bytes);
  if (range.kind === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${bytes}`);
    throw new AppError('range_not_satisfiable', `The file has ${bytes} bytes.`);
  }
  void reply.headers({
    'accept-ranges': 'bytes',
    'cache-control': sha256 === undefined ? 'no-store' : 'private, no-cache',
    'last-modified': validators.lastModified,
    ...(etag !== undefined && { etag }),
  });
  void reply.code(unchanged ? 304 : range.kind === 'part' ? 206 : 200);
  if (unchanged) return undefined;
  const { start, end } = range.kind === 'part' ? range : { start: 0, end: bytes - 1 };
  void reply.headers({
    'content-type': type,
    'content-length': end - start + 1,
    'content-disposition': contentDisposition(disposition, name),
    ...(sha256 !== undefined && { 'repr-digest': digestOf(sha256) }),
    ...(range.kind === 'part' && { 'content-range': `bytes ${start}-${end}/${bytes}` }),
  });
  return { start, end };
};

const WHOLE: Range = { kind: 'whole' };

/** Only GET knows ranges. */
const rangeOf = (
  { method, headers }: FastifyRequest,
  validators: Validators,
  bytes: number,
): Range =>
  method === 'GET' && rangeHolds(headers['if-range']?.toString(), validators)
    ? readRange(headers.range, bytes)
    : WHOLE;

/** RFC 9530. */
const digestOf = (sha256: string): string =>
  `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`;

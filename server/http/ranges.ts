/** Which bytes are asked for: all of them, a stretch (`start` and `end` inclusive), or none there are. */
export type Range =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable' };

const WHOLE: Range = { kind: 'whole' };

/**
 * Reads a `Range` header (RFC 9110, 14.2). A server may answer with the whole instead, and does for
 * what is malformed, for other units, and for several ranges, which nobody needs of media.
 */
export const readRange = (header: string | undefined, bytes: number): Range => {
  const [, first, last] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return WHOLE;
  if (first === '') return suffix(Number(last), bytes);
  const start = Number(first);
  if (last !== '' && Number(last) < start) return WHOLE;
  if (start >= bytes) return { kind: 'unsatisfiable' };
  return { kind: 'part', start, end: last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1) };
};

const suffix = (length: number, bytes: number): Range => {
  if (length === 0) return { kind: 'unsatisfiable' };
  // Of nothing, the last so many bytes are all there is; a Content-Range could not say so.
  return bytes === 0 ? WHOLE : { kind: 'part', start: Math.max(0, bytes - length), end: bytes - 1 };
};

export interface Validators {
  /** With its quotes; absent where the bytes may change. */
  readonly etag: string | undefined;
  /** As in `Last-Modified`. */
  readonly lastModified: string;
}

/** Is what the client has a part of still what it would get now (RFC 9110, 13.1.5)? */
export const rangeHolds = (
  ifRange: string | undefined,
  { etag, lastModified }: Validators,
): boolean => ifRange === undefined || ifRange === etag || ifRange === lastModified;

interface Conditions {
  readonly 'if-none-match'?: string | undefined;
  readonly 'if-modified-since'?: string | undefined;
}

/** Does the client have it already (RFC 9110, 13.1.2 and 13.1.3)? */
export const isUnchanged = (headers: Conditions, { etag, lastModified }: Validators): boolean => {
  const { 'if-none-match': tags, 'if-modified-since': since } = headers;
  if (etag === undefined) return false;
  if (tags !== undefined) {
    const known = new Set(tags.split(',').map((tag) => tag.trim().replace(/^W\//, '')));
    return known.has('*') || known.has(etag);
  }
  return since !== undefined && Date.parse(since) >= Date.parse(lastModified);
};

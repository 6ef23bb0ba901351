/** An element of EBML (RFC 8794), which Matroska is made of. */
export const element = (id: number, ...content: readonly Uint8Array[]): Buffer => {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([unsigned(id), size(length), ...content]);
};

/** One that goes on until another of its kind begins, or the stream ends. */
export const openElement = (id: number, ...content: readonly Uint8Array[]): Buffer =>
  Buffer.concat([unsigned(id), Buffer.from('01ffffffffffffff', 'hex'), ...content]);

/** In as few bytes as hold it. Ids are written like this as well: their first bits tell their length. */
export const unsigned = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  const first = bytes.findIndex((byte) => byte !== 0);
  return bytes.subarray(first < 0 ? 7 : first);
};

export const float = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
};

export const text = (value: string): Buffer => Buffer.from(value, 'latin1');

export const MAX_SIZE_BYTES = 8;

/** The length of what follows: seven bits in each byte, all set is reserved. At least `minBytes` long. */
export const size = (length: number, minBytes = 1): Buffer => {
  let count = minBytes;
  while (count < MAX_SIZE_BYTES && length >= 2 ** (7 * count) - 1) count += 1;
  const bytes = Buffer.alloc(count);
  let rest = length;
  for (let i = count - 1; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[0] = (bytes[0] ?? 0) | (0x80 >> (count - 1));
  return bytes;
};

import { createHmac, randomBytes } from 'node:crypto';

/** What the doctor speaks of STUN (RFC 8489) and TURN (RFC 8656): messages and their attributes. */
export interface StunMessage {
  readonly type: number;
  readonly transaction: Buffer;
  readonly attributes: ReadonlyMap<number, Buffer>;
}

export const messageType = { allocate: 0x0003, allocated: 0x0103, refused: 0x0113 } as const;

export const attribute = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  realm: 0x0014,
  nonce: 0x0015,
  relayedAddress: 0x0016,
  requestedTransport: 0x0019,
  lifetime: 0x000d,
} as const;

const magicCookie = 0x2112a442;
const headerBytes = 20;
const integrityBytes = 24;

/** A request; with a key it ends in MESSAGE-INTEGRITY. */
export function encodeRequest(
  type: number,
  attributes: readonly (readonly [number, Buffer])[],
  key?: Buffer,
): { bytes: Buffer; transaction: Buffer } {
  const transaction = randomBytes(12);
  const body = Buffer.concat(attributes.map(([name, value]) => encodeAttribute(name, value)));
  const header = Buffer.alloc(headerBytes);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(body.length + (key ? integrityBytes : 0), 2);
  header.writeUInt32BE(magicCookie, 4);
  transaction.copy(header, 8);
  const unsigned = Buffer.concat([header, body]);
  if (!key) return { bytes: unsigned, transaction };
  const digest = createHmac('sha1', key).update(unsigned).digest();
  const bytes = Buffer.concat([unsigned, encodeAttribute(attribute.integrity, digest)]);
  return { bytes, transaction };
}

/** The first message in the bytes; undefined while it is not complete, or is none. */
export function decodeMessage(bytes: Buffer): StunMessage | undefined {
  if (bytes.length < headerBytes || bytes.readUInt32BE(4) !== magicCookie) return undefined;
  const end = headerBytes + bytes.readUInt16BE(2);
  if (bytes.length < end) return undefined;
  const attributes = new Map<number, Buffer>();
  for (let at = headerBytes; at + 4 <= end;) {
    const length = bytes.readUInt16BE(at + 2);
    if (at + 4 + length > end) return undefined;
    attributes.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return { type: bytes.readUInt16BE(0), transaction: bytes.subarray(8, headerBytes), attributes };
}

/** The number of an ERROR-CODE, such as 401. */
export function errorCode(message: StunMessage): number | undefined {
  const value = message.attributes.get(attribute.error);
  if (!value || value.length < 4) return undefined;
  return value.readUInt8(2) * 100 + value.readUInt8(3);
}

function encodeAttribute(name: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(name, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}

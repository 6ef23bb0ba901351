import { createHmac, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** The little of STUN that a controlling ICE agent needs towards an ICE-lite server (RFC 8489, 8445). */

const MAGIC_COOKIE = 0x2112a442;
const BINDING_SUCCESS = 0x0101;
const HEADER_BYTES = 20;
const FINGERPRINT_XOR = 0x5354554e;
const HOST_PRIORITY = 0x7effffff;

const ATTRIBUTE = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  priority: 0x0024,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
  iceControlling: 0x802a,
} as const;

export interface IceCredentials {
  readonly usernameFragment: string;
  readonly password: string;
}

const attribute = (type: number, value: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
};

/** A binding request that nominates this path; sent again it is a sign of consent (RFC 7675). */
export const bindingRequest = (localFragment: string, remote: IceCredentials): Buffer => {
  const head = Buffer.alloc(HEADER_BYTES);
  head.writeUInt16BE(0x0001, 0);
  head.writeUInt32BE(MAGIC_COOKIE, 4);
  randomBytes(12).copy(head, 8);
  const priority = Buffer.alloc(4);
  priority.writeUInt32BE(HOST_PRIORITY);
  let message = Buffer.concat([
    head,
    attribute(ATTRIBUTE.username, Buffer.from(`${remote.usernameFragment}:${localFragment}`)),
    attribute(ATTRIBUTE.priority, priority),
    attribute(ATTRIBUTE.iceControlling, randomBytes(8)),
    attribute(ATTRIBUTE.useCandidate, Buffer.alloc(0)),
  ]);
  // Both sums are made over a header whose length already counts the sum's own attribute.
  message.writeUInt16BE(message.length - HEADER_BYTES + 24, 2);
  const integrity = createHmac('sha1', remote.password).update(message).digest();
  message = Buffer.concat([message, attribute(ATTRIBUTE.messageIntegrity, integrity)]);
  message.writeUInt16BE(message.length - HEADER_BYTES + 8, 2);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE((crc32(message) ^ FINGERPRINT_XOR) >>> 0);
  return Buffer.concat([message, attribute(ATTRIBUTE.fingerprint, sum)]);
};

export const isStun = (packet: Buffer): boolean => (packet[0] ?? 0xff) < 4;

export const isBindingSuccess = (packet: Buffer): boolean =>
  packet.length >= HEADER_BYTES && packet.readUInt16BE(0) === BINDING_SUCCESS;

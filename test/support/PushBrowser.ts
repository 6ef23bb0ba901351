import { createDecipheriv, createECDH, hkdfSync, randomBytes, type ECDH } from 'node:crypto';
import type { NewPushSubscription } from '../../server/protocol/push.ts';

const KEY_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SALT_BYTES = 16;

/** A browser's half of RFC 8291, written by its text: only it can read what was encrypted for it. */
export class PushBrowser {
  readonly endpoint: string;
  readonly #ecdh: ECDH;
  readonly #auth: Buffer;

  constructor(endpoint: string, secrets?: { privateKey: string; auth: string }) {
    this.endpoint = endpoint;
    this.#ecdh = createECDH('prime256v1');
    if (secrets) this.#ecdh.setPrivateKey(secrets.privateKey, 'base64url');
    else this.#ecdh.generateKeys();
    this.#auth = secrets ? Buffer.from(secrets.auth, 'base64url') : randomBytes(SALT_BYTES);
  }

  get path(): string {
    return new URL(this.endpoint).pathname;
  }

  /** As a page hands it on. */
  toJSON(): NewPushSubscription {
    return {
      endpoint: this.endpoint,
      expirationTime: null,
      keys: {
        p256dh: this.#ecdh.getPublicKey('base64url'),
        auth: this.#auth.toString('base64url'),
      },
    };
  }

  /** Section 4, and RFC 8188 for a single record. Throws for what is not for it. */
  decrypt(body: Buffer): string {
    const salt = body.subarray(0, SALT_BYTES);
    const recordSize = body.readUInt32BE(SALT_BYTES);
    const keyLength = body.readUInt8(SALT_BYTES + 4);
    const sender = body.subarray(SALT_BYTES + 5, SALT_BYTES + 5 + keyLength);
    const record = body.subarray(SALT_BYTES + 5 + keyLength);
    if (record.length > recordSize) throw new Error('more than one record');
    const { key, nonce } = this.#keys(salt, sender);
    const decipher = createDecipheriv('aes-128-gcm', key, nonce);
    decipher.setAuthTag(record.subarray(-TAG_BYTES));
    const padded = Buffer.concat([
      decipher.update(record.subarray(0, -TAG_BYTES)),
      decipher.final(),
    ]);
    const end = padded.findLastIndex((byte) => byte !== 0);
    if (padded[end] !== 2) throw new Error('not the last record');
    return padded.toString('utf8', 0, end);
  }

  #keys(salt: Buffer, sender: Buffer): { key: Buffer; nonce: Buffer } {
    const secret = this.#ecdh.computeSecret(sender);
    const own = this.#ecdh.getPublicKey();
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), own, sender]);
    const input = Buffer.from(hkdfSync('sha256', secret, this.#auth, info, 32));
    const derive = (name: string, length: number): Buffer =>
      Buffer.from(hkdfSync('sha256', input, salt, `Content-Encoding: ${name}\0`, length));
    return { key: derive('aes128gcm', KEY_BYTES), nonce: derive('nonce', NONCE_BYTES) };
  }
}

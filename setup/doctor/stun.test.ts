import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { attribute, decodeMessage, encodeRequest, errorCode, messageType } from './stun.ts';

test('reads back what it writes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.boolean(), (value, signed) => {
      const key = signed ? Buffer.from('key') : undefined;
      const attributes = [[attribute.username, Buffer.from(value)]] as const;
      const { bytes, transaction } = encodeRequest(messageType.allocate, attributes, key);
      const message = decodeMessage(bytes)!;
      expect(message.transaction).toEqual(transaction);
      expect(message.attributes.get(attribute.username)).toEqual(Buffer.from(value));
      expect(message.attributes.has(attribute.integrity)).toBe(signed);
    }),
  );
});

test('never throws on what anybody may send', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (tail) => {
      const bytes = Buffer.concat([Buffer.from('0113001c2112a442', 'hex'), tail]);
      const message = decodeMessage(bytes);
      expect(() => message && errorCode(message)).not.toThrow();
    }),
  );
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DisplayNameSchema } from '../../../server/protocol/ids.ts';
import { cleanName } from './displayName.ts';

describe('cleanName', () => {
  it('keeps names of any script and tidies the rest', () => {
    expect(cleanName('  Ada   Lovelace ')).toBe('Ada Lovelace');
    expect(cleanName('山田 太郎')).toBe('山田 太郎');
    expect(cleanName('evil\u202Eeman')).toBe('evil eman');
    expect(cleanName('\u2066 \n')).toBe('');
  });

  it('gives what the wire takes, or nothing', () => {
    const rule = new RegExp(String((DisplayNameSchema as { pattern?: string }).pattern), 'u');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
        const name = cleanName(typed);
        expect(name === '' || rule.test(name)).toBe(true);
        expect(Array.from(name).length).toBeLessThanOrEqual(64);
      }),
    );
  });
});

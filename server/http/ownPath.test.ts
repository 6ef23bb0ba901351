import { assert, property, string, webUrl } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownPath } from './ownPath.ts';

describe('ownPath', () => {
  it.each(['/', '/recordings', '/r/%C3%BCber?a=1#b', '/call/ana?accept=call_1'])(
    'leaves %s as it is',
    (path) => {
      expect(ownPath(path)).toBe(path);
    },
  );

  it.each([
    undefined,
    '',
    'recordings',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    'javascript:alert(1)',
    '/api/v1/openid/start',
    '/x/../api/v1/session',
    `/${'a'.repeat(600)}`,
  ])('takes nobody to %s', (path) => {
    expect(ownPath(path)).toBe('/');
  });

  it('stays here whatever it is asked for', () => {
    assert(
      property(string({ unit: 'binary' }), webUrl(), (text, url) => {
        for (const wish of [text, `/${text}`, `/${url}`, `//${text}`, `/\\${url}`]) {
          const path = ownPath(wish);
          expect(new URL(path, 'https://meet.example').origin).toBe('https://meet.example');
          expect(ownPath(path)).toBe(path);
        }
      }),
    );
  });
});

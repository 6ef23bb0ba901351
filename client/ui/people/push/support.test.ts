import { describe, expect, it } from 'vitest';
import { pushSupport } from './support.ts';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1';
const LINUX = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36';

const browser = { userAgent: LINUX, touchPoints: 0, isSecure: true, hasPush: true };

describe('whether a browser can be told of calls', () => {
  it.each([
    ['a current browser', {}, 'can'],
    ['an iPhone, from the home screen', { userAgent: IPHONE }, 'can'],
    ['an iPhone, in Safari', { userAgent: IPHONE, hasPush: false }, 'needsHomeScreen'],
    ['an iPad, in Safari', { userAgent: MAC, touchPoints: 5, hasPush: false }, 'needsHomeScreen'],
    ['an old Mac', { userAgent: MAC, hasPush: false }, 'cannot'],
    ['an old browser', { hasPush: false }, 'cannot'],
    ['plain http', { isSecure: false, hasPush: false }, 'needsHttps'],
    ['plain http on an iPhone', { userAgent: IPHONE, isSecure: false }, 'needsHttps'],
  ] as const)('%s', (_, change, support) => {
    expect(pushSupport({ ...browser, ...change })).toBe(support);
  });
});

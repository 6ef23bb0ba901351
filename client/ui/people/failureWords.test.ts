import { describe, expect, it } from 'vitest';
import { RestError } from '../../core/RestError.ts';
import { failureWords } from './failureWords.ts';

describe('why something did not work', () => {
  it.each([
    [1, '1 second'],
    [40, '40 seconds'],
    [90, '2 minutes'],
    [600, '10 minutes'],
  ])('says how long to wait: %d s', (retryAfterSeconds, words) => {
    const error = new RestError('rate_limited', 429, 'Slow down.', { retryAfterSeconds });
    expect(failureWords(error)).toBe(`Too many tries. Please wait ${words}, then try again.`);
  });

  it('says what the server says of a wrong state', () => {
    const words = 'Somebody has this name already.';
    expect(failureWords(new RestError('wrong_state', 409, words))).toBe(words);
  });

  it('knows a server that is away, and what nobody foresaw', () => {
    const away = /cannot be reached/;
    expect(failureWords(new RestError('offline', 0, 'fetch failed'))).toMatch(away);
    expect(failureWords(new RestError('internal', 500, 'x'))).toMatch(away);
    expect(failureWords(new TypeError('x'))).toMatch(/went wrong/);
  });
});

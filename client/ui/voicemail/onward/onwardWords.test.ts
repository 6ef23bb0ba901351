import { expect, it } from 'vitest';
import { RestError } from '../../../core/RestError.ts';
import { forwardedWords, refusedForwardWords } from './onwardWords.ts';

const ana = { name: 'ana', displayName: 'Ana' };

it('says who passed a message on, and what they say to it', () => {
  expect(forwardedWords({ forwardedBy: null, comment: null })).toBeUndefined();
  expect(forwardedWords({ forwardedBy: ana, comment: null })).toBe('Forwarded by Ana');
  expect(forwardedWords({ forwardedBy: ana, comment: 'For you' })).toBe(
    'Forwarded by Ana: For you',
  );
});

it('says why it is not in the other mailbox', () => {
  const words = (code: RestError['code']) => refusedForwardWords(new RestError(code, 404, ''));
  expect(words('not_found')).toMatch(/^No message can be left there/);
  expect(words('mailbox_full')).toBe('That mailbox is full.');
});

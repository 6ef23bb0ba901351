import { expect, it } from 'vitest';
import { isMailAddress } from './mailAddress.ts';

it.each(['ana@example.org', 'ana.b+c@mail.example.org'])('%s is an address', (text) => {
  expect(isMailAddress(text)).toBe(true);
});

it.each(['', 'ana', 'ana@', 'ana@example', '@example.org', 'a b@example.org', 'Ana <a@b.org>'])(
  '%j is none',
  (text) => {
    expect(isMailAddress(text)).toBe(false);
  },
);

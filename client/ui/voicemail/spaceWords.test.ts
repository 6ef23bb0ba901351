import { expect, it } from 'vitest';
import { fullnessOf, spaceWords } from './spaceWords.ts';

const MB = 1_000_000;

it.each([
  [0, 'roomy'],
  [79, 'roomy'],
  [80, 'nearly'],
  [99, 'nearly'],
  [100, 'full'],
  [120, 'full'],
] as const)('%i of 100 MB used: %s', (used, fullness) => {
  expect(fullnessOf({ usedBytes: used * MB, quotaBytes: 100 * MB })).toBe(fullness);
});

it('says what is left, warns, and says what to do when nothing is', () => {
  const words = (used: number) => spaceWords({ usedBytes: used * MB, quotaBytes: 100 * MB });
  expect(words(50)).toMatch(/^\d.* of .* are left\.$/);
  expect(words(85)).toMatch(/^The mailbox is nearly full: .* are left\.$/);
  expect(words(100)).toBe(
    'The mailbox is full: nobody can leave a message until you delete some for good.',
  );
});

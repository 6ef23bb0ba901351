import { expect, test } from 'vitest';
import { ninjaProgress } from './ninja-progress.ts';

test('a line every few seconds, with the time that is left', () => {
  let now = 0;
  const said: string[] = [];
  const read = ninjaProgress(
    (text) => said.push(text),
    () => now,
  );
  for (let done = 1; done <= 100; done += 1) {
    now += 1000;
    read(`[${done}/100] Building`);
  }
  read('ninja: no work to do.');
  expect(said).toHaveLength(20);
  expect(said[0]).toBe('compiling 5 % (5/100), about 2 min left');
  expect(said.at(-1)).toBe('compiling 100 % (100/100), about 0 s left');
});

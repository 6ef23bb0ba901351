import { expect, test } from 'vitest';
import { foldRoomName, isRoomName } from '../protocol/ids.ts';
import { randomRoomName } from './roomNames.ts';

test('random names are names, folded already, readable, and never the same', () => {
  const names = Array.from({ length: 1_000 }, randomRoomName);
  for (const name of names) {
    expect(isRoomName(name)).toBe(true);
    expect(foldRoomName(name)).toBe(name);
    expect(name).toMatch(/^[a-z]+-[a-z]+-[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{4}$/);
    expect(name.split('-').slice(2).join('')).not.toMatch(/[ilo01]/);
  }
  expect(new Set(names).size).toBe(1_000);
});

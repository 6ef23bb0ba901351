import { describe, expect, it } from 'vitest';
import { hueOf, initials } from './likeness.ts';

describe('initials', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['ben', 'B'],
    ['  Maria del Carmen Ruiz ', 'MR'],
    ['Анна Иванова', 'АИ'],
    ['(guest) Bo', 'GB'],
    ['jean-luc', 'JL'],
    ['山田太郎', '山'],
    ['👩‍🚀', '👩‍🚀'],
    ['é́cole', 'É́'],
  ])('of %j are %j', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});

describe('hueOf', () => {
  it('is steady and differs between ids made one after another', () => {
    const ids = Array.from({ length: 40 }, (_, i) => `part_0199aaaa-0000-7000-8000-0000000000${i}`);
    expect(ids.map(hueOf)).toEqual(ids.map(hueOf));
    expect(new Set(ids.map(hueOf)).size).toBeGreaterThan(10);
  });
});

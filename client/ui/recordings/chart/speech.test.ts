import { describe, expect, it } from 'vitest';
import { chaptersOf, lanePath, lanesOf } from './speech.ts';

const speaker = (name: string, ...turns: readonly (readonly [number, number])[]) => ({
  participantId: `part_${name}`,
  name,
  turns: turns.map(([from, to]) => ({ fromMs: from * 1000, toMs: to * 1000 })),
});

const chapters = (...speakers: ReturnType<typeof speaker>[]) =>
  chaptersOf({ durationMs: 0, speakers }).map(({ name, fromMs, toMs }) => [
    name,
    fromMs / 1000,
    toMs / 1000,
  ]);

describe('lanesOf', () => {
  it('gives each their share of all talk', () => {
    const speakers = [speaker('Ana', [0, 20], [30, 40]), speaker('Ben', [20, 30]), speaker('Eve')];
    const lanes = lanesOf({ durationMs: 60_000, speakers });
    expect(lanes.map(({ name, share, talkMs }) => [name, share, talkMs])).toEqual([
      ['Ana', 0.75, 30_000],
      ['Ben', 0.25, 10_000],
      ['Eve', 0, 0],
    ]);
  });

  it('shares nothing where nobody spoke', () => {
    expect(lanesOf({ durationMs: 1, speakers: [speaker('Ana')] })[0]?.share).toBe(0);
  });
});

describe('chaptersOf', () => {
  it('joins over a breath, and leaves remarks out', () => {
    expect(
      chapters(speaker('Ana', [0, 6], [8, 14], [40, 55]), speaker('Ben', [15, 30], [60, 63])),
    ).toEqual([
      ['Ana', 0, 14],
      ['Ben', 15, 30],
      ['Ana', 40, 55],
    ]);
  });

  it('makes one of what only a remark came between', () => {
    expect(chapters(speaker('Ana', [0, 12], [20, 35]), speaker('Ben', [13, 16]))).toEqual([
      ['Ana', 0, 35],
    ]);
  });
});

describe('lanePath', () => {
  it('draws what is short so that it is seen', () => {
    expect(lanePath(speaker('Ana', [0, 30], [59.99, 60]).turns, 60_000)).toBe(
      'M0.0 0h500.0v10h-500.0zM999.8 0h1.5v10h-1.5z',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { newWishForm, readMinutes, readWish } from './wish.ts';

describe('readMinutes', () => {
  it.each([
    ['', null],
    ['1:02', 62_000],
    [' 90 ', 90_000],
    ['75:00', 4_500_000],
    ['1:02:03', 3_723_000],
    ['0:01,5', 1_500],
    ['1:75', undefined],
    ['-1', undefined],
    ['soon', undefined],
  ])('%j is %j', (typed, ms) => {
    expect(readMinutes(typed)).toBe(ms);
  });
});

describe('readWish', () => {
  const recording = { durationMs: 60_000, people: ['part_1', 'part_2'] as const };

  it('asks for what was chosen', () => {
    expect(readWish(newWishForm, recording)).toEqual({
      wish: { layout: 'grid', format: 'mp4', pauses: 'cut', size: '720p' },
    });
    expect(
      readWish(
        {
          ...newWishForm,
          layout: 'single',
          person: 'part_2',
          parts: new Map([
            ['part_1', 'without'],
            ['part_2', 'silenced'],
          ]),
          from: '0:10',
          to: '0:20',
        },
        recording,
      ),
    ).toEqual({
      wish: {
        layout: 'single',
        person: 'part_2',
        size: '720p',
        format: 'mp4',
        pauses: 'cut',
        without: ['part_1'],
        silenced: ['part_2'],
        fromMs: 10_000,
        toMs: 20_000,
      },
    });
    expect(readWish({ ...newWishForm, layout: 'audio' }, recording)).toEqual({
      wish: { layout: 'audio', format: 'mp4', pauses: 'cut' },
    });
  });

  it('says what is wrong, field by field', () => {
    const problems = (more: Partial<typeof newWishForm>) => {
      const read = readWish({ ...newWishForm, ...more }, recording);
      return 'problems' in read ? Object.keys(read.problems) : [];
    };
    expect(problems({ layout: 'single' })).toEqual(['person']);
    expect(problems({ from: 'x', to: 'y' })).toEqual(['from', 'to']);
    expect(problems({ from: '1:00' })).toEqual(['from']);
    expect(problems({ from: '0:30', to: '0:30' })).toEqual(['to']);
    const everybody = new Map(recording.people.map((id) => [id, 'without'] as const));
    expect(problems({ parts: everybody })).toEqual(['parts']);
  });
});

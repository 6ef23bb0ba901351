import { beforeEach, expect, test } from 'vitest';
import type { Track } from './Member.ts';
import { Voices } from './Voices.ts';

const track = (id: string): Track => ({
  id,
  memberId: `part_${id}`,
  kind: 'audio',
  source: 'microphone',
  producer: undefined as never,
  width: undefined,
  height: undefined,
  paused: false,
});

let tracks: Map<string, Track>;
let voices: Voices;

beforeEach(() => {
  tracks = new Map([
    ['a', track('a')],
    ['b', track('b')],
  ]);
  voices = new Voices(tracks);
});

test('tells a change one can see, and silence once', () => {
  const loud = [{ trackId: 'a', volume: -20 }];
  expect(voices.hear(loud, 3)).toEqual([{ participantId: 'part_a', volume: -20 }]);
  expect(voices.hear([{ trackId: 'a', volume: -21 }], 3)).toBeUndefined();
  expect(voices.hear([{ trackId: 'a', volume: -30 }], 3)).toHaveLength(1);
  expect(voices.hear([], 3)).toEqual([]);
  expect(voices.hear([], 3)).toBeUndefined();
});

test('tells again for somebody who came later', () => {
  const loud = [{ trackId: 'a', volume: -20 }];
  voices.hear(loud, 2);
  voices.retell();
  expect(voices.hear(loud, 3)).toHaveLength(1);
  expect(voices.hear(loud, 3)).toBeUndefined();
});

test('tells a large audience who can be heard, not how loud', () => {
  expect(voices.hear([{ trackId: 'a', volume: -20 }], 100)).toHaveLength(1);
  expect(voices.hear([{ trackId: 'a', volume: -40 }], 100)).toBeUndefined();
  const both = [
    { trackId: 'b', volume: -20 },
    { trackId: 'a', volume: -40 },
  ];
  expect(voices.hear(both, 100)).toHaveLength(2);
  expect(voices.hear(both.toReversed(), 100)).toBeUndefined();
});

test('takes a silent microphone for nobody speaking, even when it is the only one', () => {
  voices.setDominant('a');
  expect(voices.dominant).toBeUndefined();
  voices.hear([{ trackId: 'a', volume: -40 }], 2);
  expect(voices.dominant?.id).toBe('a');
  voices.hear([], 2);
  expect(voices.dominant?.id).toBe('a');
});

test('leaves tracks out that are gone', () => {
  tracks.delete('a');
  voices.forget('a');
  expect(voices.hear([{ trackId: 'a', volume: -20 }], 2)).toBeUndefined();
});

import { Check } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import type { Source } from '../../../protocol/media.ts';
import { FileNameSchema } from '../../../protocol/recordings.ts';
import type { TrackFolder } from '../../journal/readJournal.ts';
import { slugOf } from './fileName.ts';
import { planArchives, type Named } from './planArchives.ts';

const people: Named[] = [
  { id: 'part_a', name: 'Ana' },
  { id: 'part_b', name: 'Ben' },
];

const track = (participantId: Named['id'], source: Source, codec: string): TrackFolder => ({
  folder: `${participantId} ${source} ${codec}`,
  bytes: 0,
  beginsMs: 0,
  info: {
    trackId: 't',
    participantId,
    participantName: '',
    source,
    kind: codec === 'opus' ? 'audio' : 'video',
    rtpParameters: {
      codecs: [
        {
          mimeType: `${codec === 'opus' ? 'audio' : 'video'}/${codec}`,
          payloadType: 100,
          clockRate: 9e4,
        },
      ],
    },
  },
});

const namesOf = (tracks: TrackFolder[]): string[] =>
  planArchives(people, tracks).map(({ name }) => name);

describe('archives', () => {
  test('camera and microphone together, the screen apart, numbers by the order of coming', () => {
    expect(
      namesOf([
        track('part_b', 'screen', 'VP8'),
        track('part_b', 'screenAudio', 'opus'),
        track('part_b', 'microphone', 'opus'),
        track('part_b', 'camera', 'VP8'),
      ]),
    ).toEqual(['2-ben-camera.webm', '2-ben-screen.webm']);
  });

  test('who never sent a camera has sound alone', () => {
    expect(namesOf([track('part_a', 'microphone', 'opus')])).toEqual(['1-ana-audio.webm']);
    expect(namesOf([])).toEqual([]);
  });

  test('tracks of one codec are one archive, another codec makes another', () => {
    const plans = planArchives(people, [
      track('part_a', 'camera', 'VP8'),
      track('part_a', 'camera', 'H264'),
      track('part_a', 'camera', 'vp8'),
      track('part_a', 'microphone', 'opus'),
    ]);
    expect(plans.map(({ name }) => name)).toEqual(['1-ana-camera.webm', '1-ana-camera-2.mp4']);
    expect(plans.map(({ pictures }) => pictures.length)).toEqual([2, 1]);
    expect(plans.map(({ sounds }) => sounds.length)).toEqual([1, 1]);
    expect(plans.map(({ isFirst }) => isFirst)).toEqual([true, false]);
  });

  test('a codec that nobody can read here is left out', () => {
    expect(namesOf([track('part_a', 'camera', 'H265')])).toEqual([]);
  });
});

test.for([
  ['Ana', 'ana'],
  ['Ånn  Böe-Ünal', 'ann-boe-unal'],
  ['李明', 'guest'],
  ['李 Ben', 'ben'],
  ['../../etc/passwd', 'etc-passwd'],
  ['-', 'guest'],
  ['x'.repeat(64), 'x'.repeat(40)],
  [`${'x'.repeat(39)} y`, 'x'.repeat(39)],
])('%s is %s in a file name', ([name, slug]) => {
  expect(slugOf(name!)).toBe(slug);
  expect(Check(FileNameSchema, `12-${slug}-camera-2.webm`)).toBe(true);
});

import { encodedClip } from '../support/journalOfEncoder.ts';
import type { PlayedClip } from '../support/journalOfTruth.ts';
import type { Part, Span, StagedScript } from '../support/truth/StagedCall.ts';

/** Width by height of the pictures that are sent in `mixture`. */
export const SHAPES = [16 / 9, 9 / 16, 4 / 3];

const padded = (width: number, height: number): string =>
  `scale=${width}:-2,pad=${width}:${height}:0:(oh-ih)/2:color=0x505050`;

/** One picture format after the other, each from its second on; all are in step. */
const inTurn = (...clips: readonly (readonly [from: number, clip: PlayedClip])[]): PlayedClip => {
  const [[, first] = []] = clips;
  if (!first) throw new RangeError('no clip');
  const packets = clips.flatMap(([from, clip], i) => {
    const to = clips[i + 1]?.[0] ?? clip.seconds;
    return clip.packets.filter(({ atMs }) => atMs >= from * 1000 && atMs < to * 1000);
  });
  return { ...first, packets };
};

/**
 * A camera whose pictures become larger, smaller and another shape; H.264; an upright phone that lies
 * down; somebody whose codec changes and changes back.
 */
export const mixture = async (seconds = 9): Promise<StagedScript> => {
  const all: Span = [0, seconds];
  const clip = (n: number, codec: 'vp8' | 'h264', filter: string) =>
    encodedClip({ n, codec, seconds: seconds + 1, filter });
  const changing = inTurn(
    [0, await clip(1, 'vp8', 'scale=320:-2')],
    [3, await clip(1, 'vp8', 'scale=640:-2')],
    [5, await clip(1, 'vp8', padded(320, 240))],
    [7, await clip(1, 'vp8', 'scale=240:-2')],
  );
  const phone = inTurn(
    [0, await clip(3, 'h264', padded(270, 480))],
    [6, await clip(3, 'h264', 'scale=480:-2')],
  );
  return {
    seconds,
    parts: [
      {
        name: 'Ana Ünal',
        n: 1,
        here: [all],
        camera: [{ codec: 'vp8', spans: [all], clip: changing }],
        microphone: [[1, 4]],
        speaks: [[1, 4]],
      },
      {
        name: 'Ben',
        n: 2,
        here: [all],
        camera: [{ codec: 'h264', spans: [all] }],
        // Off the grid of packets: the times of the sound have to be corrected.
        microphone: [
          [0.2, 1],
          [4.007, 6],
        ],
        speaks: [[4.007, 6]],
        skewPpm: 80,
      },
      {
        name: 'Cem upright',
        n: 3,
        here: [all],
        camera: [{ codec: 'h264', spans: [all], clip: phone }],
        microphone: [[6, seconds]],
        speaks: [[6, seconds]],
      },
      {
        name: 'Dee',
        n: 4,
        here: [[1, seconds]],
        camera: [
          { codec: 'vp8', spans: [[1, 3.5]] },
          { codec: 'h264', spans: [[3.5, 6]] },
          { codec: 'vp8', spans: [[6, seconds]] },
        ],
      },
    ],
  };
};

const NAMES = [
  'Ana Ünal',
  'Ben',
  'Maria del Carmen Ruiz de la Santísima Trinidad y Compañía',
  '山田太郎',
  'Анна Иванова',
  'دانا العمري',
  'x',
  'jean-luc_picard',
  '👩‍🚀 Sally',
  'WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW',
  '<b>Bobby & "Co"</b>',
  'Đặng Thị Hồng',
  'नमस्ते दुनिया',
  'Ελένη',
  'סימון לוי',
];

/** One after the other comes, up to sixteen; all but the last send pictures. */
export const crowd = (count = 16, everyS = 1): StagedScript => {
  const seconds = count * everyS + 1;
  return {
    seconds,
    parts: Array.from({ length: count }, (_, i): Part => {
      const here: Span = [i * everyS, seconds];
      return {
        name: NAMES[i] ?? `Guest ${i + 1}`,
        n: i + 1,
        here: [here],
        ...(i < NAMES.length && { camera: [{ codec: 'vp8', spans: [here] }] }),
        ...(i === 0 && { microphone: [here] }),
      };
    }),
  };
};

/** Voices only. */
export const withoutCameras = (seconds = 9): StagedScript => ({
  seconds,
  parts: ['Ana Ünal', '(guest) Bo', '山田太郎'].map((name, i) => ({
    name,
    n: i + 1,
    here: [[i, seconds]],
    microphone: [[3 + 2 * i, 5 + 2 * i]],
    speaks: [[3 + 2 * i, 5 + 2 * i]],
  })),
});

/** Ben comes three times, and his camera not at once. */
export const threeTimes = (seconds = 10): StagedScript => ({
  seconds,
  parts: [
    {
      name: 'Ana',
      n: 1,
      here: [[0, seconds]],
      camera: [{ codec: 'vp8', spans: [[0.2, seconds]] }],
      microphone: [[0, seconds]],
    },
    {
      name: 'Ben',
      n: 2,
      here: [
        [0.5, 3],
        [4, 7],
        [7.5, 9.5],
      ],
      camera: [
        {
          codec: 'h264',
          spans: [
            [0.6, 3],
            [4.6, 7],
            [7.6, 9.3],
          ],
        },
      ],
      microphone: [
        [0.5, 3],
        [4, 7],
        [7.5, 9.5],
      ],
    },
  ],
});

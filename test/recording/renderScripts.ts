import type { Span, StagedScript } from '../support/truth/StagedCall.ts';

/** So long somebody speaks before it is the next one's turn. */
const TURN_S = 7;

/** Whose turn it is goes round among so many: the spans of the one at `index`. */
const turns = (index: number, count: number, [from, to]: Span): Span[] => {
  const spans: Span[] = [];
  for (let at = from + index * TURN_S; at < to; at += count * TURN_S) {
    spans.push([at, Math.min(at + TURN_S, to)]);
  }
  return spans;
};

/** All that can happen: a camera goes off and on, a screen is shown, somebody is late, somebody leaves. */
export const twoMinutes = (): StagedScript => {
  const seconds = 120;
  // Nobody has a turn who is not seen, nor in a pause.
  const [ana, ben, cem] = [0, 1, 2].map((i) => [
    ...turns(i, 3, [20, 62]),
    ...(i === 1 ? [] : turns(i / 2, 2, [92, seconds])),
  ]);
  return {
    seconds,
    pauses: [[64, 72]],
    parts: [
      {
        name: 'Ana',
        n: 1,
        here: [[0, seconds]],
        camera: [
          {
            codec: 'vp8',
            spans: [
              [0.2, 74.3],
              [80.6, seconds],
            ],
          },
        ],
        ...spoken([[2, 9], ...(ana ?? [])]),
        skewPpm: 60,
      },
      {
        name: 'Ben',
        n: 2,
        here: [[0, 90.4]],
        camera: [{ codec: 'h264', spans: [[0.4, 90.4]] }],
        ...spoken([[9, 16], ...(ben ?? [])]),
        skewPpm: -60,
      },
      {
        name: 'Cem',
        n: 3,
        here: [[18, seconds]],
        camera: [{ codec: 'vp9', spans: [[18.3, seconds]] }],
        ...spoken(cem ?? []),
        screen: [
          [35, 60.5],
          [76, 100.5],
        ],
      },
    ],
  };
};

/** Two people who take turns; their clocks run apart. */
export const halfAnHour = (): StagedScript => {
  const seconds = 1_800;
  return {
    seconds,
    parts: [
      {
        name: 'Ana',
        n: 1,
        here: [[0, seconds]],
        camera: [
          {
            codec: 'vp8',
            spans: [
              [0.2, 600],
              [614, seconds],
            ],
          },
        ],
        ...spoken(turns(0, 2, [0, seconds]).filter(([from]) => from < 590 || from > 616)),
        skewPpm: 60,
      },
      {
        name: 'Ben',
        n: 2,
        here: [[0, seconds]],
        camera: [{ codec: 'h264', spans: [[0.4, seconds]] }],
        ...spoken(turns(1, 2, [0, seconds])),
        skewPpm: -60,
      },
    ],
  };
};

/** Heard in turn, muted else. */
const spoken = (spans: readonly Span[]) => ({
  microphone: spans.filter(([from, to]) => to > from),
  speaks: spans.filter(([from, to]) => to > from),
});

import type { JSX } from 'preact';

const BARS = 23;
const STEP = 14;
const HEIGHT = 132;

/** The murmur of a room, drawn: high in the middle, with the ripple of speech. */
const barHeight = (i: number): number => {
  const x = (i - (BARS - 1) / 2) / (BARS / 2);
  return 10 + HEIGHT * 0.86 * Math.exp(-3 * x * x) * (0.5 + 0.5 * Math.abs(Math.sin(i * 1.9)));
};

const path = Array.from({ length: BARS }, (_, i) => {
  const height = barHeight(i);
  return `M${7 + i * STEP} ${((HEIGHT - height) / 2).toFixed(1)}v${height.toFixed(1)}`;
}).join('');

export const Wave = (): JSX.Element => (
  <svg class="wave" viewBox={`0 0 ${BARS * STEP} ${HEIGHT}`} aria-hidden="true">
    <path d={path} />
  </svg>
);

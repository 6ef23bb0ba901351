/**
 * A hum that nobody hears, to tell sound from its absence, with a beep of 100 ms at each whole
 * second. The beep is two tones: the lower says who sends it, the upper which second it is.
 */

export const SAMPLE_RATE = 48_000;
export const BEEP_MS = 100;
/** The upper tone begins anew after as many seconds. */
export const TONES = 16;

export interface Beep {
  readonly atMs: number;
  readonly lengthMs: number;
  /** Who sends it; undefined: no tone that anybody sends. */
  readonly n: number | undefined;
  /** The second modulo 16. */
  readonly tone: number | undefined;
}

/** Sound where there should be the hum alone. */
export interface Noise extends Stretch {
  readonly peak: number;
}

const MAX_N = 10;
const AMPLITUDE = 0.25;
/** -53 dB of full scale. */
const HUM = { hz: 300, amplitude: 0.003 };
/** Without the hum; what codecs make of silence is far below. */
const SILENT = 0.0007;
/** Soft edges: a click has every pitch. */
const EDGE_MS = 5;
/** Loudness is looked at in windows of this length. */
const HOP = SAMPLE_RATE / 400;
/** Far above the hum, far below a beep. */
const QUIET = 0.006;
/** A lost packet, and the one that fades in after it, do not make two beeps of one. */
const BRIDGE_MS = 45;
/** Less than half a packet is no hole: the hum swells a little. */
const HUM_BRIDGE_MS = 8;
const BEEP_LENGTHS_MS = { min: 55, max: 150 };

const personHz = (n: number): number => 400 + 150 * n;
const secondHz = (tone: number): number => 2000 + 125 * tone;

/** Seconds `[0, seconds)` of person `n`: signed 16 bit, mono. */
export const playSound = (n: number, seconds: number): Int16Array<ArrayBuffer> => {
  const samples = new Int16Array(seconds * SAMPLE_RATE);
  const length = (BEEP_MS * SAMPLE_RATE) / 1000;
  const edge = (EDGE_MS * SAMPLE_RATE) / 1000;
  samples.forEach((_, i) => {
    const hum = HUM.amplitude * Math.sin((2 * Math.PI * HUM.hz * i) / SAMPLE_RATE);
    samples[i] = Math.round(hum * 32_767);
  });
  for (let second = 0; second < seconds; second++) {
    for (let i = 0; i < length; i++) {
      const t = (2 * Math.PI * i) / SAMPLE_RATE;
      const fromEdge = Math.min(i, length - 1 - i, edge) / edge;
      const loudness = AMPLITUDE * (0.5 - 0.5 * Math.cos(Math.PI * fromEdge));
      const value = Math.sin(personHz(n) * t) + Math.sin(secondHz(second % TONES) * t);
      samples[second * SAMPLE_RATE + i]! += Math.round(loudness * value * 32_767);
    }
  }
  return samples;
};

export interface Heard {
  readonly beeps: readonly Beep[];
  readonly noises: readonly Noise[];
  /** Where there is anything at all: the hum, or more. */
  readonly sounding: readonly Stretch[];
}

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** `samples` of full scale 1, the first at `startMs`. Beeps are found to about 3 ms. */
export const listen = (samples: Float32Array, startMs: number): Heard => {
  const levels = levelsOf(samples);
  const beeps: Beep[] = [];
  const noises: Noise[] = [];
  for (const [from, to] of partsAbove(levels, QUIET, BRIDGE_MS)) {
    const part = describe(samples, levels, from, to);
    const isBeep = part.lengthMs >= BEEP_LENGTHS_MS.min && part.lengthMs <= BEEP_LENGTHS_MS.max;
    if (isBeep && part.n !== undefined) {
      beeps.push({ ...part, atMs: startMs + part.atMs });
    } else {
      const peak = Math.max(...levels.subarray(from, to));
      noises.push({ fromMs: startMs + hopMs(from), toMs: startMs + hopMs(to), peak });
    }
  }
  const sounding = partsAbove(levels, SILENT, HUM_BRIDGE_MS).map(([from, to]) => ({
    fromMs: startMs + hopMs(from),
    toMs: startMs + hopMs(to),
  }));
  return { beeps, noises, sounding };
};

const hopMs = (hop: number): number => (hop * HOP * 1000) / SAMPLE_RATE;

const levelsOf = (samples: Float32Array): Float32Array => {
  const levels = new Float32Array(Math.floor(samples.length / HOP));
  for (let hop = 0; hop < levels.length; hop++) {
    let sum = 0;
    for (let i = hop * HOP; i < (hop + 1) * HOP; i++) sum += (samples[i] ?? 0) ** 2;
    levels[hop] = Math.sqrt(sum / HOP);
  }
  return levels;
};

/** From hop to hop, the second not included. */
const partsAbove = (
  levels: Float32Array,
  threshold: number,
  bridgeMs: number,
): [from: number, to: number][] => {
  const parts: [number, number][] = [];
  const bridge = (bridgeMs * SAMPLE_RATE) / 1000 / HOP;
  levels.forEach((level, hop) => {
    if (level < threshold) return;
    const last = parts.at(-1);
    if (last && hop - last[1] <= bridge) last[1] = hop + 1;
    else parts.push([hop, hop + 1]);
  });
  return parts;
};

const describe = (samples: Float32Array, levels: Float32Array, from: number, to: number): Beep => {
  const plateau = levels.slice(from, to).toSorted()[Math.floor((to - from) * 0.7)] ?? 0;
  const isLoud = (hop: number): boolean => (levels[hop] ?? 0) > plateau / 2;
  let first = from;
  while (first < to && !isLoud(first)) first += 1;
  let last = to;
  while (last > first && !isLoud(last - 1)) last -= 1;
  const middle = samples.subarray((first + 4) * HOP, Math.max((first + 4) * HOP, (last - 4) * HOP));
  return {
    // Half of the loudness is reached in the middle of the edge.
    atMs: hopMs(first) - EDGE_MS / 2 + edgeShare(levels, first, plateau),
    lengthMs: hopMs(last - first) + EDGE_MS / 2,
    n: strongest(middle, personHz, 1, MAX_N),
    tone: strongest(middle, secondHz, 0, TONES - 1),
  };
};

/** Where within the first loud window it began: a window that is full in half began in its middle. */
const edgeShare = (levels: Float32Array, first: number, plateau: number): number => {
  const fill = Math.min(1, ((levels[first] ?? 0) / plateau) ** 2);
  return (1 - fill) * hopMs(1);
};

/** The tone that stands out, if one does. */
const strongest = (
  samples: Float32Array,
  hz: (index: number) => number,
  min: number,
  max: number,
): number | undefined => {
  const found = Array.from({ length: max - min + 1 }, (_, i) => ({
    index: min + i,
    power: goertzel(samples, hz(min + i)),
  })).toSorted((a, b) => b.power - a.power);
  const [best, second] = found;
  if (!best || !second || best.power < 4 * second.power) return undefined;
  // A tone next to all is a click, not a beep.
  const total = samples.reduce((sum, value) => sum + value ** 2, 0) / Math.max(1, samples.length);
  return best.power > 0.1 * total ? best.index : undefined;
};

/** Mean power of one frequency, windowed so that neighbours do not leak into it. */
const goertzel = (samples: Float32Array, hz: number): number => {
  const turn = 2 * Math.cos((2 * Math.PI * hz) / SAMPLE_RATE);
  const { length } = samples;
  let before = 0;
  let now = 0;
  samples.forEach((sample, i) => {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (length - 1));
    const next = sample * window + turn * now - before;
    before = now;
    now = next;
  });
  return ((before ** 2 + now ** 2 - turn * before * now) * 8) / Math.max(1, length) ** 2;
};

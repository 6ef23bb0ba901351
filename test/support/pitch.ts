import { execFileSync } from 'node:child_process';

/** Of what `samplesOf` gives. */
export const SAMPLE_RATE = 8_000;

export interface Tone {
  /** What is heard most, of those asked for. */
  readonly hz: number;
  /** While anything can be heard. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** Of 0 to 1: quieter is noise. */
const LOUD = 0.02;

/** Decodes a whole file, which has to be without fault. -1 to 1. */
export const samplesOf = (file: Buffer): Float32Array => {
  const args = ['-nostdin', '-v', 'error', '-xerror', '-i', 'pipe:0'];
  const raw = execFileSync(
    process.env['FFMPEG_BIN'] ?? 'ffmpeg',
    [...args, '-ac', '1', '-ar', String(SAMPLE_RATE), '-f', 's16le', 'pipe:1'],
    { input: file, maxBuffer: 256 * 1024 * 1024 },
  );
  return Float32Array.from(
    new Int16Array(raw.buffer, raw.byteOffset, raw.length >> 1),
    (sample) => sample / 0x8000,
  );
};

/** Says which of the tones a file is, and when. */
export const toneIn = (file: Buffer, candidatesHz: readonly number[]): Tone => {
  const samples = samplesOf(file);
  const first = samples.findIndex((sample) => Math.abs(sample) > LOUD);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > LOUD);
  const heard = samples.subarray(Math.max(0, first), last + 1);
  const strengths = candidatesHz.map((hz) => strengthOf(heard, hz));
  const hz = candidatesHz[strengths.indexOf(Math.max(...strengths))] ?? NaN;
  const msOf = (sample: number): number => (sample * 1000) / SAMPLE_RATE;
  return { hz, fromMs: msOf(first), toMs: msOf(last) };
};

/** How much of a pitch there is; grows with the number of samples. */
export const strengthOf = (samples: Float32Array, hz: number): number => {
  const step = (2 * Math.PI * hz) / SAMPLE_RATE;
  let [real, imaginary] = [0, 0];
  for (const [i, sample] of samples.entries()) {
    real += sample * Math.cos(step * i);
    imaginary += sample * Math.sin(step * i);
  }
  return Math.hypot(real, imaginary);
};

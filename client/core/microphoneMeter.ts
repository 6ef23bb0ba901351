import { signal, type ReadonlySignal } from '@preact/signals';

export interface MicrophoneMeter {
  /** 0 (silence) to 1. */
  readonly level: ReadonlySignal<number>;
  close(): void;
}

const INTERVAL_MS = 80;
/** Louder than a quiet room, softer than a whisper. */
const QUIET_DB = -60;
const LOUD_DB = -15;
/** Coarse enough that a still room redraws nothing. */
const STEPS = 20;

const loudness = (samples: Float32Array): number => {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const share = (10 * Math.log10(power + 1e-10) - QUIET_DB) / (LOUD_DB - QUIET_DB);
  return Math.round(Math.min(1, Math.max(0, share)) * STEPS) / STEPS;
};

/** How loud a local track is, for a person to see that they are heard. Browser only. */
export const microphoneMeter = (track: MediaStreamTrack): MicrophoneMeter => {
  const level = signal(0);
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    // A context made before the first click waits for one.
    if (context.state === 'suspended') context.resume().catch(() => {});
    analyser.getFloatTimeDomainData(samples);
    level.value = loudness(samples);
  }, INTERVAL_MS);
  return {
    level,
    close() {
      clearInterval(timer);
      if (context.state !== 'closed') context.close().catch(() => {});
    },
  };
};

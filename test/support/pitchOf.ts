import type { Locator } from 'playwright-core';

/** What is heard of a file most: its pitch. */
export const pitchOf = (audio: Locator): Promise<number> =>
  audio.evaluate(async (one) => {
    const bytes = await (await fetch((one as HTMLMediaElement).currentSrc)).arrayBuffer();
    const sound = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(bytes);
    const samples = sound.getChannelData(0);
    const strength = (hz: number): number => {
      const step = (2 * Math.PI * hz) / sound.sampleRate;
      let [real, imaginary] = [0, 0];
      for (const [i, sample] of samples.entries()) {
        real += sample * Math.cos(step * i);
        imaginary += sample * Math.sin(step * i);
      }
      return Math.hypot(real, imaginary);
    };
    const pitches = [440, 700, 950, 1000, 1100];
    return pitches.reduce((best, hz) => (strength(hz) > strength(best) ? hz : best));
  });

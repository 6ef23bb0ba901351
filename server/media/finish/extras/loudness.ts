import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../../journal/isMissing.ts';

/** Below that EBU R 128 hears nothing. */
const SILENCE_LUFS = -69;
const TAIL_BYTES = 256;

const fileOf = (index: number): string => `loudness-${index}.txt`;

/** For ffmpeg, in a chain of 48 kHz: lets the sound pass, and writes how loud it was so far. */
export const loudnessFilter = (index: number): string =>
  `ebur128=metadata=1,ametadata=mode=print:key=lavfi.r128.I:file=${fileOf(index)}`;

/**
 * Integrated loudness of what passed the filter, LUFS; null: silence. `folder`: where ffmpeg worked.
 */
export const readLoudness = async (folder: string, index: number): Promise<number | null> => {
  const words = await tailOf(join(folder, fileOf(index)));
  const lufs = Number([...words.matchAll(/lavfi\.r128\.I=(-?[\d.]+)/g)].at(-1)?.[1] ?? NaN);
  return lufs > SILENCE_LUFS ? lufs : null;
};

/** It grows by ten entries a second. */
const tailOf = async (path: string): Promise<string> => {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const { buffer, bytesRead } = await file.read({
        buffer: Buffer.alloc(TAIL_BYTES),
        position: Math.max(0, size - TAIL_BYTES),
      });
      return buffer.toString('latin1', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isMissing(error)) return '';
    throw error;
  }
};

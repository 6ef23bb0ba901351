import { decodeWith, numberOf } from './ffmpegDecode.ts';
import { listen, SAMPLE_RATE, type Heard, type Stretch } from './sound.ts';

export interface HeardTrack extends Heard {
  /** Where the sound begins and ends, as the file says. */
  readonly startMs: number;
  readonly endMs: number;
  /** Stretches between them for which the file has nothing, not even silence. */
  readonly gaps: readonly Stretch[];
  readonly complaints: readonly string[];
}

/** Times in files are whole milliseconds: less than this is no gap. */
const GAP_MS = 3;

interface Block {
  readonly atMs: number;
  readonly samples: number;
}

/** `volume`: of what was made louder before, so that it is as loud as it was sent. */
export const decodeAudio = async (path: string, { volume = 1 } = {}): Promise<HeardTrack> => {
  const chunks: Buffer[] = [];
  const blocks: Block[] = [];
  const complaints = await decodeWith({
    input: path,
    args: [
      ...`-map 0:a:0 -ac 1 -ar ${SAMPLE_RATE} -f s16le -af`.split(' '),
      `volume=${volume},aformat=sample_fmts=s16:channel_layouts=mono,ashowinfo`,
    ],
    onData: (chunk) => chunks.push(chunk),
    onFrameLine: (line) =>
      blocks.push({
        // Not `pts_time`: it has six digits, which are hundredths from 1000 s on.
        atMs: (numberOf(line, 'pts') * 1000) / numberOf(line, 'rate'),
        samples: numberOf(line, 'nb_samples'),
      }),
  });
  const data = Buffer.concat(chunks);
  const samples = blocks.reduce((sum, block) => sum + block.samples, 0);
  if (samples !== data.length / 2)
    complaints.push(`${data.length / 2} samples where ${samples} were told`);
  return { ...layOut(data, blocks), complaints };
};

/** Puts every block where its time says, and silence where there is none. */
const layOut = (data: Buffer, blocks: readonly Block[]): Omit<HeardTrack, 'complaints'> => {
  const startMs = blocks[0]?.atMs ?? 0;
  const last = blocks.at(-1);
  const endMs = last ? last.atMs + toMs(last.samples) : 0;
  const sound = new Float32Array(Math.max(0, Math.ceil(toSamples(endMs - startMs)) + SAMPLE_RATE));
  const gaps: Stretch[] = [];
  let read = 0;
  let write = 0;
  for (const { atMs, samples } of blocks) {
    const due = Math.round(toSamples(atMs - startMs));
    if (Math.abs(due - write) > toSamples(GAP_MS)) {
      if (due > write) gaps.push({ fromMs: startMs + toMs(write), toMs: atMs });
      write = Math.max(0, due);
    }
    for (let i = 0; i < samples && read + 1 < data.length; i++, read += 2) {
      sound[write + i] = data.readInt16LE(read) / 32_768;
    }
    write += samples;
  }
  return { startMs, endMs, gaps, ...listen(sound, startMs) };
};

const toMs = (samples: number): number => (samples * 1000) / SAMPLE_RATE;
const toSamples = (ms: number): number => (ms * SAMPLE_RATE) / 1000;

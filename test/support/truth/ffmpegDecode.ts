import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ffmpegBin } from './clip.ts';

export interface DecodeJob {
  readonly input: string;
  /** What stands between the input and the output: mapping, filters, format. */
  readonly args: readonly string[];
  readonly onData: (chunk: Buffer) => void;
  /** What the filter says of each frame (`showinfo`, `ashowinfo`). */
  readonly onFrameLine: (line: string) => void;
}

/**
 * Decodes with the times that are in the file. Resolves with the decoder's complaints, which are
 * none for a sound file; rejects when ffmpeg cannot even begin.
 */
export const decodeWith = async ({
  input,
  args,
  onData,
  onFrameLine,
}: DecodeJob): Promise<string[]> => {
  const ffmpeg = spawn(
    ffmpegBin(),
    [
      '-hide_banner',
      '-nostdin',
      '-loglevel',
      'level+info',
      '-copyts',
      '-i',
      input,
      ...args,
      'pipe:1',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const complaints: string[] = [];
  ffmpeg.stdout.on('data', onData);
  const lines = createInterface({ input: ffmpeg.stderr });
  lines.on('line', (line) => {
    if (/\[Parsed_a?showinfo_\d+ @ [^\]]*\] \[info\] n:/.test(line)) onFrameLine(line);
    else if (/\[(error|fatal|panic)\]/.test(line)) complaints.push(line);
  });
  const linesEnd = once(lines, 'close');
  const [exitCode] = (await once(ffmpeg, 'close')) as [number | null];
  await linesEnd;
  if (exitCode !== 0) complaints.push(`ffmpeg ended with ${exitCode}`);
  return complaints;
};

/** A number of a line such as `n:   3 pts: 150 pts_time:0.15 ...`. */
export const numberOf = (line: string, key: string): number => {
  const found = new RegExp(`(?:^|\\s)${key}:\\s*(-?[\\d.]+)`).exec(line)?.[1];
  if (found === undefined) throw new Error(`no ${key} in: ${line}`);
  return Number(found);
};

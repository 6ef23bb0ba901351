import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ffmpegBin } from './clip.ts';
import { decodeAudio, type HeardTrack } from './decodeAudio.ts';
import { decodeVideo, type Seen } from './decodeVideo.ts';

/** Everything that can be seen and heard in a file; times as they are in the file. */
export interface Decoded {
  /** Null: the file has none. */
  readonly video: Seen | null;
  readonly audio: HeardTrack | null;
}

/** Rejects when the file cannot be opened at all. */
export const decodeRecording = async (path: string): Promise<Decoded> => {
  const streams = await streamsOf(path);
  return {
    video: streams.includes('Video') ? await decodeVideo(path) : null,
    audio: streams.includes('Audio') ? await decodeAudio(path) : null,
  };
};

/** ffmpeg without an output tells the streams and fails. */
const streamsOf = async (path: string): Promise<string[]> => {
  const report = await promisify(execFile)(ffmpegBin(), ['-hide_banner', '-i', path]).then(
    ({ stderr }) => stderr,
    (error: unknown) => String((error as { stderr?: string }).stderr),
  );
  const kinds = [...report.matchAll(/Stream #0:\d+.*?: (Video|Audio):/g)].map(([, kind]) => kind);
  if (kinds.length === 0) throw new Error(`nothing to be seen or heard: ${report.slice(-600)}`);
  return kinds.filter((kind) => kind !== undefined);
};

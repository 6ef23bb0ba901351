import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 12;

/**
 * Encodes a moving picture once, 640x360 at 25 fps in VP8. Where each frame is a key frame the
 * publisher answers every wish for one at once, as an encoder would, without having an encoder.
 */
export const encodePicture = (
  ffmpeg: string,
  path: string,
  seconds: number,
  { keyFrameEvery = 1, bitrate = '1500k' } = {},
): void => {
  const source = `testsrc2=size=640x360:rate=25:duration=${seconds}`;
  const pace = ['-g', String(keyFrameEvery), '-b:v', bitrate, '-deadline', 'realtime'];
  const codec = ['-c:v', 'libvpx', ...pace];
  execFileSync(ffmpeg, ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, ...codec, path], {
    timeout: 60_000,
  });
};

/** The frames of an IVF file. */
export const readFrames = (path: string): Buffer[] => {
  const file = readFileSync(path);
  const frames: Buffer[] = [];
  for (let at = HEADER_BYTES; at + FRAME_HEADER_BYTES <= file.length;) {
    const bytes = file.readUInt32LE(at);
    at += FRAME_HEADER_BYTES;
    frames.push(file.subarray(at, at + bytes));
    at += bytes;
  }
  return frames;
};

import { expect, test } from 'vitest';
import { missingEncoders, parseEncoders } from './encoders.ts';

const output = `Encoders:
 V..... = Video
 A..... = Audio
 ------
 V....D libx264              libx264 H.264 / AVC / MPEG-4 AVC (codec h264)
 V....D libvpx               libvpx VP8 (codec vp8)
 VFS..D mjpeg                MJPEG (Motion JPEG)
 A....D aac                  AAC (Advanced Audio Coding)
 A....D libopus              libopus Opus (codec opus)
`;

test('reads the names of the encoders and nothing else', () => {
  expect([...parseEncoders(output)]).toEqual(['libx264', 'libvpx', 'mjpeg', 'aac', 'libopus']);
});

test('names what is missing', () => {
  expect(missingEncoders(parseEncoders(output))).toEqual(['libmp3lame']);
});

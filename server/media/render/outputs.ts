import type { RenderSpec } from '../../protocol/renders.ts';
import type { Size } from './layouts/Layout.ts';
import { RATE } from './graph.ts';

/** How a render is encoded. */
export interface Output {
  readonly extension: 'mp4' | 'webm' | 'm4a' | 'ogg';
  /** Media type with codecs (RFC 6381). */
  readonly type: string;
  /** For ffmpeg, after its inputs and filters, before the file. */
  readonly args: readonly string[];
  /** For ffmpeg, to read it back. */
  readonly readFormat: string;
  /** Undefined: sound only. */
  readonly frame: Size | undefined;
}

const FRAMES: Readonly<Record<RenderSpec['size'], Size>> = {
  '720p': { width: 1280, height: 720 },
  '1080p': { width: 1920, height: 1080 },
  portrait: { width: 720, height: 1280 },
};

/** Half the time of the default coder, which spends it on what music gains by. */
const AAC = ['-c:a', 'aac', '-aac_coder', 'fast', '-b:a', '128k'];
const OPUS = ['-c:a', 'libopus', '-b:a', '96k'];
const FAST_START = ['-movflags', '+faststart'];
/** So that players seek within moments. */
const KEY_EVERY = String(RATE * 4);
const X264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-profile:v', 'high'];
const VP9 = [
  '-c:v',
  'libvpx-vp9',
  '-deadline',
  'realtime',
  '-cpu-used',
  '8',
  '-row-mt',
  '1',
  '-crf',
  '33',
  '-b:v',
  '0',
];

export const outputOf = ({ layout, format, size }: RenderSpec): Output => {
  const maps = ['-map', '[audio]'];
  if (layout === 'audio') {
    return format === 'mp4'
      ? {
          extension: 'm4a',
          type: 'audio/mp4; codecs="mp4a.40.2"',
          args: [...maps, ...AAC, ...FAST_START, '-f', 'ipod'],
          readFormat: 'mov',
          frame: undefined,
        }
      : {
          extension: 'ogg',
          type: 'audio/ogg; codecs="opus"',
          args: [...maps, ...OPUS, '-f', 'ogg'],
          readFormat: 'ogg',
          frame: undefined,
        };
  }
  const video = ['-map', '[video]', ...maps, '-r', String(RATE), '-g', KEY_EVERY];
  return format === 'mp4'
    ? {
        extension: 'mp4',
        type: 'video/mp4; codecs="avc1.64001f, mp4a.40.2"',
        args: [...video, ...X264, '-pix_fmt', 'yuv420p', ...AAC, ...FAST_START, '-f', 'mp4'],
        readFormat: 'mov',
        frame: FRAMES[size],
      }
    : {
        extension: 'webm',
        type: 'video/webm; codecs="vp09.00.31.08, opus"',
        args: [...video, ...VP9, ...OPUS, '-f', 'webm'],
        readFormat: 'matroska',
        frame: FRAMES[size],
      };
};

import type { TrackInfo } from '../../../recordings/Tape.ts';
import { AUDIO_LEVEL_URI } from './audioLevel.ts';

export interface StreamFormat {
  /** Lower case, without its kind: `opus`, `vp8`, `vp9`, `h264`, `av1`. */
  readonly codec: string;
  readonly payloadType: number;
  readonly clockRate: number;
  /** Of the header extension with the loudness. */
  readonly audioLevelId: number | undefined;
}

export const streamOf = ({ rtpParameters }: TrackInfo): StreamFormat => {
  const [first] = rtpParameters.codecs;
  const level = rtpParameters.headerExtensions?.find(({ uri }) => uri === AUDIO_LEVEL_URI);
  return {
    codec: (first?.mimeType.split('/')[1] ?? '').toLowerCase(),
    payloadType: first?.payloadType ?? -1,
    clockRate: first?.clockRate ?? 1000,
    audioLevelId: level?.id,
  };
};

import type { types } from 'mediasoup-client';
import type { Source } from '../../server/protocol/media.ts';

export type VideoCodec = 'VP8' | 'VP9' | 'H264' | 'AV1';

export interface SendingOptions {
  readonly videoCodec: VideoCodec;
  /** Three sizes of the camera at once, so that each receiver gets the one that fits its tile. */
  readonly simulcast: boolean;
}

/** What mediasoup-client's `produce` is told about a track of this source. */
export type SendingPlan = Pick<types.ProducerOptions, 'codec' | 'encodings' | 'codecOptions'>;

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** As far as the source says; tests' sources say nothing. */
export const pictureSize = (track: MediaStreamTrack): PictureSize | null => {
  if (typeof track.getSettings !== 'function') return null;
  const { width, height } = track.getSettings();
  return width && height ? { width: Math.round(width), height: Math.round(height) } : null;
};

const KEY_FRAME_SVC = 'L3T3_KEY';

/** For a 720p camera: a thumbnail, a tile, the whole stage. */
const LAYER_MAX_BITRATES_BPS = [150_000, 500_000, 1_700_000] as const;
/** Text needs it for a moment after each change; a still screen sends next to nothing. */
const SCREEN_MAX_BITRATE_BPS = 2_500_000;
const VOICE_BITRATE_BPS = 40_000;
const SCREEN_AUDIO_BITRATE_BPS = 128_000;
/** Where the bandwidth estimate starts: more is a sharper first second, too much is loss. */
const START_BITRATE_KBPS = 1000;

type Codec = types.RtpCodecCapability;

const findCodec = (codecs: readonly Codec[], name: string): Codec | undefined =>
  codecs.find((codec) => codec.mimeType.toLowerCase() === `video/${name.toLowerCase()}`);

/** Below these heights a layer less is sent: a quarter of a small picture shows nothing. */
const layerCount = (height: number | undefined): 1 | 2 | 3 => {
  if (height === undefined || height >= 540) return 3;
  return height >= 270 ? 2 : 1;
};

const isSvc = (codec: Codec | undefined): boolean =>
  /^video\/(vp9|av1)$/i.test(codec?.mimeType ?? '');

const cameraEncodings = (
  codec: Codec | undefined,
  { simulcast }: SendingOptions,
  size: PictureSize | null,
): types.RtpEncodingParameters[] => {
  const [, , top] = LAYER_MAX_BITRATES_BPS;
  if (isSvc(codec))
    return [{ maxBitrate: top, scalabilityMode: simulcast ? KEY_FRAME_SVC : 'L1T3' }];
  if (!simulcast) return [{ maxBitrate: top }];
  const layers = LAYER_MAX_BITRATES_BPS.slice(0, layerCount(size?.height));
  return layers.map((maxBitrate, index) => ({
    maxBitrate,
    scaleResolutionDownBy: 2 ** (layers.length - 1 - index),
  }));
};

type Plan = (
  codecs: readonly Codec[],
  options: SendingOptions,
  size: PictureSize | null,
) => SendingPlan;

const video = (
  codec: Codec | undefined,
  encodings: types.RtpEncodingParameters[],
): SendingPlan => ({
  ...(codec && { codec }),
  encodings,
  codecOptions: { videoGoogleStartBitrate: START_BITRATE_KBPS },
});

const PLANS: Readonly<Record<Source, Plan>> = {
  microphone: () => ({
    encodings: [{ maxBitrate: VOICE_BITRATE_BPS, dtx: true }],
    codecOptions: {
      opusStereo: false,
      opusFec: true,
      opusDtx: true,
      opusNack: true,
      opusMaxAverageBitrate: VOICE_BITRATE_BPS,
    },
  }),

  screenAudio: () => ({
    encodings: [{ maxBitrate: SCREEN_AUDIO_BITRATE_BPS }],
    codecOptions: {
      opusStereo: true,
      opusFec: true,
      opusDtx: false,
      opusNack: true,
      opusMaxAverageBitrate: SCREEN_AUDIO_BITRATE_BPS,
    },
  }),

  camera(codecs, options, size) {
    const codec = findCodec(codecs, options.videoCodec) ?? findCodec(codecs, 'VP8');
    return video(codec, cameraEncodings(codec, options, size));
  },

  screen(codecs) {
    const codec = findCodec(codecs, 'VP9') ?? findCodec(codecs, 'VP8');
    // `dtx` tells mediasoup that silence on this stream is not a fault.
    const encoding = { maxBitrate: SCREEN_MAX_BITRATE_BPS, scalabilityMode: 'L1T3', dtx: true };
    return video(codec, [encoding]);
  },
};

/** How to send a track of `source` with what this browser and the room both can (`codecs`). */
export const planSending = (
  source: Source,
  codecs: readonly Codec[],
  options: SendingOptions,
  size: PictureSize | null,
): SendingPlan => PLANS[source](codecs, options, size);

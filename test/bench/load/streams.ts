import type { types } from 'mediasoup';
import type { ChooseCapabilities, OutgoingStream } from './signalling.ts';

/** With transport-cc the server estimates each receiver's bandwidth, as it does for browsers. */
export type FeedbackProfile = 'plain' | 'transport-cc';

export const TRANSPORT_CC_URI =
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';
export const AUDIO_LEVEL_ID = 1;

const ESTIMATION = new Set(['transport-cc', 'goog-remb']);
const ESTIMATION_URIS = new Set([
  TRANSPORT_CC_URI,
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
]);
const CODECS = /^(audio\/opus|video\/(vp8|rtx))$/i;

/** What a client says it can receive: Opus and VP8, with or without bandwidth estimation. */
export const capabilities =
  (profile: FeedbackProfile): ChooseCapabilities =>
  ({ codecs = [], headerExtensions = [] }) => {
    const spoken = codecs.filter(({ mimeType }) => CODECS.test(mimeType));
    if (profile === 'transport-cc') return { codecs: spoken, headerExtensions };
    return {
      codecs: spoken.map((codec) => ({
        ...codec,
        rtcpFeedback: (codec.rtcpFeedback ?? []).filter(({ type }) => !ESTIMATION.has(type)),
      })),
      headerExtensions: headerExtensions.filter(({ uri }) => !ESTIMATION_URIS.has(uri)),
    };
  };

const cname = { cname: 'bench', reducedSize: true };

const audio: types.RtpParameters = {
  codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
  headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: AUDIO_LEVEL_ID }],
  encodings: [{ ssrc: 0x0a0d10 }],
  rtcp: cname,
};

const video: types.RtpParameters = {
  codecs: [
    {
      mimeType: 'video/VP8',
      payloadType: 96,
      clockRate: 90_000,
      rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
    },
  ],
  headerExtensions: [],
  encodings: [{ ssrc: 0x51de0 }],
  rtcp: cname,
};

/** What the one publisher of a bench sends. */
export const published: readonly OutgoingStream[] = [
  { kind: 'audio', source: 'microphone', rtpParameters: audio },
  { kind: 'video', source: 'camera', rtpParameters: video },
];

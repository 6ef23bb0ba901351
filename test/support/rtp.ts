import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { types } from 'mediasoup';
import type { ClientRequestData } from '../../server/protocol/signaling.ts';

/** RTP, ICE and DTLS parameters as browsers write them, by hand: nothing is sent with them. */

const ssrc = (): number => randomInt(1, 0xffffffff);

export const dtlsParameters = (): types.DtlsParameters => ({
  role: 'client',
  fingerprints: [
    {
      algorithm: 'sha-256',
      value: createHash('sha256')
        .update(randomBytes(16))
        .digest('hex')
        .toUpperCase()
        .match(/../g)!
        .join(':'),
    },
  ],
});

export const opus = (mid = '0'): types.RtpParameters => ({
  mid,
  codecs: [
    {
      mimeType: 'audio/opus',
      payloadType: 111,
      clockRate: 48_000,
      channels: 2,
      parameters: { minptime: 10, useinbandfec: 1 },
      rtcpFeedback: [{ type: 'transport-cc' }],
    },
  ],
  headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4 }],
  encodings: [{ ssrc: ssrc() }],
  rtcp: { cname: 'sender', reducedSize: true },
});

/** Three simulcast layers. */
export const vp8 = (mid = '1'): types.RtpParameters => ({
  mid,
  codecs: [
    {
      mimeType: 'video/VP8',
      payloadType: 96,
      clockRate: 90_000,
      rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
    },
    { mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000, parameters: { apt: 96 } },
  ],
  encodings: [4, 2, 1].map((scaleResolutionDownBy) => ({
    ssrc: ssrc(),
    rtx: { ssrc: ssrc() },
    scaleResolutionDownBy,
  })),
  rtcp: { cname: 'sender', reducedSize: true },
});

export const microphone = (paused = false): ClientRequestData<'publish'> => ({
  source: 'microphone',
  rtpParameters: opus(),
  paused,
});

export const camera = (): ClientRequestData<'publish'> => ({
  source: 'camera',
  rtpParameters: vp8(),
  paused: false,
  width: 1280,
  height: 720,
});

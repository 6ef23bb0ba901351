import type { types } from 'mediasoup-client';
import { describe, expect, it } from 'vitest';
import { planSending, type VideoCodec } from './sending.ts';

const codec = (name: string): types.RtpCodecCapability => ({
  kind: 'video',
  mimeType: `video/${name}`,
  clockRate: 90_000,
  preferredPayloadType: 96,
});

const all = ['VP8', 'VP9', 'H264', 'AV1'].map(codec);
const plan = (
  source: Parameters<typeof planSending>[0],
  {
    codecs = all,
    videoCodec = 'VP8',
    height = 720,
  }: { codecs?: types.RtpCodecCapability[]; videoCodec?: VideoCodec; height?: number } = {},
) =>
  planSending(
    source,
    codecs,
    { videoCodec, simulcast: true },
    { width: (height * 16) / 9, height },
  );

describe('planSending', () => {
  it.each(['VP8', 'H264'] as const)('sends a camera in three sizes with %s', (videoCodec) => {
    const { codec: chosen, encodings } = plan('camera', { videoCodec });
    expect(chosen?.mimeType).toBe(`video/${videoCodec}`);
    expect(encodings).toEqual([
      { maxBitrate: 150_000, scaleResolutionDownBy: 4 },
      { maxBitrate: 500_000, scaleResolutionDownBy: 2 },
      { maxBitrate: 1_700_000, scaleResolutionDownBy: 1 },
    ]);
  });

  it.each(['VP9', 'AV1'] as const)(
    'sends a camera in one stream of layers with %s',
    (videoCodec) => {
      expect(plan('camera', { videoCodec }).encodings).toEqual([
        { maxBitrate: 1_700_000, scalabilityMode: 'L3T3_KEY' },
      ]);
    },
  );

  it('sends a small picture in fewer sizes', () => {
    expect(plan('camera', { height: 360 }).encodings).toHaveLength(2);
    expect(plan('camera', { height: 180 }).encodings).toEqual([
      { maxBitrate: 150_000, scaleResolutionDownBy: 1 },
    ]);
  });

  it('falls back to VP8', () => {
    const codecs = [codec('VP8')];
    expect(plan('camera', { codecs, videoCodec: 'AV1' }).codec?.mimeType).toBe('video/VP8');
    expect(plan('screen', { codecs }).codec?.mimeType).toBe('video/VP8');
  });

  it('sends a screen sharp: one size, whole', () => {
    expect(plan('screen').codec?.mimeType).toBe('video/VP9');
    expect(plan('screen').encodings).toEqual([
      { maxBitrate: 2_500_000, scalabilityMode: 'L1T3', dtx: true },
    ]);
  });

  it('sends voice lean and the sound of a screen rich', () => {
    expect(plan('microphone').codecOptions).toMatchObject({
      opusStereo: false,
      opusDtx: true,
      opusFec: true,
    });
    expect(plan('screenAudio').codecOptions).toMatchObject({
      opusStereo: true,
      opusDtx: false,
      opusMaxAverageBitrate: 128_000,
    });
  });
});

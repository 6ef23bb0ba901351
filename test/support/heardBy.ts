import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  OggOutputFormat,
  Output,
} from 'mediabunny';
import type { MediaStreamTrack as WeriftTrack } from 'werift';
import type { Peer } from './peer.ts';

const FRAME_S = 0.02;

/** The packets that come to a peer from now on, of the only one it hears. */
export const heardBy = ({ store }: Peer): readonly Buffer[] => {
  const packets: Buffer[] = [];
  const seen = new Set<string>();
  store.media.subscribe((media) => {
    for (const [id, track] of media) {
      if (seen.has(id)) continue;
      seen.add(id);
      (track as unknown as WeriftTrack).onReceiveRtp.subscribe(({ payload }) => {
        if (payload.length > 0) packets.push(Buffer.from(payload));
      });
    }
  });
  return packets;
};

/** RFC 7845, 5.1: one channel, nothing to skip. */
const OPUS_HEAD = Buffer.from('4f707573486561640101000080bb0000000000', 'hex');

/** Opus as a file that can be decoded. */
export const oggOf = async (packets: readonly Buffer[]): Promise<Buffer> => {
  const target = new BufferTarget();
  const output = new Output({ format: new OggOutputFormat(), target });
  const source = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(source);
  await output.start();
  const decoderConfig = {
    codec: 'opus',
    numberOfChannels: 1,
    sampleRate: 48_000,
    description: OPUS_HEAD,
  };
  for (const [i, packet] of packets.entries()) {
    await source.add(new EncodedPacket(packet, 'key', i * FRAME_S, FRAME_S), { decoderConfig });
  }
  await output.finalize();
  return Buffer.from(target.buffer!);
};

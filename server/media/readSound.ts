import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import type { Sound } from '../rooms/MediaRoom.ts';

/** The Opus packets of an Ogg file. Rejects when it is none. */
export const readSound = async (file: Buffer): Promise<Sound> => {
  using input = new Input({ source: new BufferSource(file), formats: ALL_FORMATS });
  const track = await input.getPrimaryAudioTrack();
  if (track?.codec !== 'opus') throw new Error('This is no Opus');
  const packets: Buffer[] = [];
  for await (const { data } of new EncodedPacketSink(track).packets())
    packets.push(Buffer.from(data));
  return packets;
};

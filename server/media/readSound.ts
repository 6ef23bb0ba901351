import { ALL_FORMATS, EncodedPacketSink, FilePathSource, Input } from 'mediabunny';
import type { Sound } from '../rooms/MediaRoom.ts';

/** The Opus packets of an Ogg file. Rejects when it is none. */
export const readSound = async (path: string): Promise<Sound> => {
  using input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS });
  const track = await input.getPrimaryAudioTrack();
  if (track?.codec !== 'opus') throw new Error(`${path} is no Opus`);
  const packets: Buffer[] = [];
  for await (const { data } of new EncodedPacketSink(track).packets())
    packets.push(Buffer.from(data));
  return packets;
};

import { readTrack, type JournalEntry } from '../../server/media/journal/readJournal.ts';
import { newId } from '../../server/protocol/ids.ts';
import type { TrackInfo } from '../../server/recordings/Tape.ts';
import { opus, vp8 } from './rtp.ts';

/** What is written to journals in tests, and what is found in them. */

export const trackInfo = (kind: 'audio' | 'video' = 'audio'): TrackInfo => ({
  trackId: crypto.randomUUID(),
  participantId: newId('part'),
  participantName: 'Ann',
  source: kind === 'audio' ? 'microphone' : 'camera',
  kind,
  rtpParameters: kind === 'audio' ? opus() : vp8(),
});

/** A packet that looks like one, with a number that tells it from the others. */
export const rtpPacket = (number: number, bytes = 100): Buffer => {
  const packet = Buffer.alloc(bytes, number & 0xff);
  packet[0] = 0x80;
  packet[1] = 111;
  packet.writeUInt16BE(number & 0xffff, 2);
  packet.writeUInt32BE((number * 960) >>> 0, 4);
  packet.writeUInt32BE(number, 8);
  return packet;
};

const numberOf = (rtp: Buffer): number => rtp.readUInt32BE(8);

export const entriesOf = async (folder: string): Promise<JournalEntry[]> => {
  const entries: JournalEntry[] = [];
  for await (const entry of readTrack(folder)) entries.push(entry);
  return entries;
};

/** Of the packets that are there, in their order. */
export const numbersOf = async (folder: string): Promise<number[]> =>
  (await entriesOf(folder)).flatMap((entry) =>
    entry.type === 'packet' ? [numberOf(entry.rtp)] : [],
  );

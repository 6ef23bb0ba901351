import { readTrack } from '../../journal/readJournal.ts';
import { PacketCounter } from '../rtp/PacketCounter.ts';
import { ReorderBuffer, type Ordered } from '../rtp/ReorderBuffer.ts';
import type { ReadingOptions, TrackScan } from './scanTrack.ts';

/** The packets of a track in the order in which they were sent, a few at a time. */
export async function* orderedPackets(
  { track, format, firstIndex }: TrackScan,
  { signal, onBytes }: ReadingOptions,
): AsyncGenerator<readonly Ordered[]> {
  const counter = new PacketCounter(format);
  const buffer = new ReorderBuffer(firstIndex);
  for await (const entry of readTrack(track.folder)) {
    if (entry.type !== 'packet') continue;
    onBytes(entry.rtp.length);
    const arrival = counter.take(entry.rtp, entry.atMs);
    if (!arrival) continue;
    signal.throwIfAborted();
    const ready = buffer.push(arrival);
    if (ready.length > 0) yield ready;
  }
  yield buffer.flush();
}

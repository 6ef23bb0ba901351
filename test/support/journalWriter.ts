import { rtpPacket, trackInfo } from './journalEntries.ts';
import { JournalFolder } from './JournalFolder.ts';

/**
 * A process that writes a recording until it is killed. Tells its parent the folder of each track,
 * and again and again how many packets of each it has handed in and how long its loop stood still.
 */

const TRACKS = 3;
const PACKET_INTERVAL_MS = 4;

const parent = (message: unknown): void => {
  process.send?.(message);
};

process.once('disconnect', () => process.exit());

const place = await JournalFolder.create(process.argv[2]);
const tape = await place.open({ segmentMs: 500 });
const tracks = Array.from({ length: TRACKS }, (_, index) =>
  trackInfo(index === 0 ? 'audio' : 'video'),
);
parent({ folders: tracks.map(({ trackId }) => place.track(trackId)) });
const journals = tracks.map((track) => tape.journal(track));
tape.on('synced', (onDiskMs) => parent({ onDiskMs }));

let handedIn = 0;
let lastMs = performance.now();
let longestPauseMs = 0;
setInterval(() => {
  const nowMs = performance.now();
  longestPauseMs = Math.max(longestPauseMs, nowMs - lastMs);
  lastMs = nowMs;
  const rtp = rtpPacket(handedIn, 200 + (handedIn % 1000));
  for (const journal of journals) journal.packet(Buffer.from(rtp), place.now());
  handedIn += 1;
  if (handedIn % 5 === 0) parent({ handedIn, longestPauseMs, nowMs: place.now() });
}, PACKET_INTERVAL_MS);

// Sender and receivers in one process, so that one clock stamps both ends.
import { setTimeout as delay } from 'node:timers/promises';
import { DirectPaths } from '../load/DirectPaths.ts';
import { LeanReceiver } from '../load/LeanReceiver.ts';
import { MediaSource } from '../load/MediaSource.ts';
import { openSignalling } from '../load/signalling.ts';
import { Stopwatch } from '../load/Stopwatch.ts';
import { capabilities, published } from '../load/streams.ts';
import { quantile } from '../measure/statistics.ts';
import { serveCalls } from './calls.ts';
import type { SideName } from './sides.ts';

export interface Delays {
  readonly p50: number;
  readonly p99: number;
  readonly samples: number;
  readonly lost: number;
}

export type DelayCalls = {
  /** Milliseconds from sending to receiving, through a server. */
  through(side: SideName, url: string, receivers: number, ms: number): Promise<Delays>;
  /** The same without one. */
  direct(receivers: number, ms: number): Promise<Delays>;
  close(): void;
};

const SETTLE_MS = 1_500;
const AUDIO_SSRC = published[0]?.rtpParameters.encodings?.[0]?.ssrc;

const time = async (source: MediaSource, watch: Stopwatch, ms: number): Promise<void> => {
  source.start();
  await delay(SETTLE_MS);
  watch.run(true);
  await delay(ms);
  watch.run(false);
  source.stop();
};

const result = ({ delaysMs }: Stopwatch, lost: number): Delays => ({
  p50: quantile(delaysMs, 0.5),
  p99: quantile(delaysMs, 0.99),
  samples: delaysMs.length,
  lost,
});

serveCalls({
  async through(side, url, receivers, ms) {
    const watch = new Stopwatch();
    const signalling = await openSignalling(side, url);
    const path = await signalling.publish(published);
    const source = new MediaSource(({ header, payload, kind }) => {
      watch.sent(kind, header);
      path.send(path.protect(header, payload));
    });
    const all: LeanReceiver[] = [];
    for (let index = 0; index < receivers; index += 1) {
      const { path: incoming, streams } = await signalling.receive(capabilities('plain'));
      const receiver = new LeanReceiver(incoming, streams);
      receiver.onPacket = (packet, kind) => watch.arrived(kind, packet);
      all.push(receiver);
    }
    await time(source, watch, ms);
    const lost = all.reduce((total, receiver) => total + receiver.lost, 0);
    for (const receiver of all) receiver.close();
    path.close();
    signalling.close();
    return result(watch, lost);
  },
  async direct(receivers, ms) {
    const watch = new Stopwatch();
    const paths = await DirectPaths.open(receivers, (packet) => {
      watch.arrived(packet.readUInt32BE(8) === AUDIO_SSRC ? 'audio' : 'video', packet);
    });
    const source = new MediaSource(({ header, payload, kind }) => {
      watch.sent(kind, header);
      paths.send(header, payload);
    });
    await time(source, watch, ms);
    paths.close();
    return result(watch, 0);
  },
  close: () => process.exit(0),
} satisfies DelayCalls);

// The clients' side: one publisher and many lean receivers, on the clients' core.
import { setTimeout as delay } from 'node:timers/promises';
import { LeanReceiver } from '../load/LeanReceiver.ts';
import { MediaSource } from '../load/MediaSource.ts';
import type { MediaPath } from '../load/MediaPath.ts';
import { openSignalling, type Signalling } from '../load/signalling.ts';
import { capabilities, published, type FeedbackProfile } from '../load/streams.ts';
import { serveCalls } from './calls.ts';
import type { SideName } from './sides.ts';

const FLOWING_TIMEOUT_MS = 10_000;

export type ClientCalls = {
  /** Connects the publisher, which sends from now on. */
  publish(side: SideName, url: string): Promise<void>;
  /** Connects so many more receivers one after another, until media flows to all. */
  receive(count: number, profile: FeedbackProfile): Promise<void>;
  send(on: boolean): void;
  /** Forwarded packets since the beginning, and how many of them are missing. */
  counts(): { packets: number; lost: number; sent: number; srtpProfile: string };
  close(): void;
};

let signalling: Signalling | undefined;
let path: MediaPath | undefined;
let sent = 0;
const receivers: LeanReceiver[] = [];
const source = new MediaSource(({ header, payload }) => {
  sent += 1;
  path?.send(path.protect(header, payload));
});

const flowing = async (): Promise<void> => {
  const until = performance.now() + FLOWING_TIMEOUT_MS;
  while (!receivers.every((receiver) => receiver.flowing)) {
    if (performance.now() > until) throw new Error('No media arrives');
    await delay(20);
  }
};

serveCalls({
  async publish(side, url) {
    signalling = await openSignalling(side, url);
    path = await signalling.publish(published);
    source.start();
  },
  async receive(count, profile) {
    if (!signalling) throw new Error('Publish first');
    for (let index = 0; index < count; index += 1) {
      const { path: incoming, streams } = await signalling.receive(capabilities(profile));
      receivers.push(new LeanReceiver(incoming, streams));
    }
    await flowing();
  },
  send: (on) => (on ? source.start() : source.stop()),
  counts: () => ({
    packets: receivers.reduce((total, receiver) => total + receiver.packets, 0),
    lost: receivers.reduce((total, receiver) => total + receiver.lost, 0),
    sent,
    srtpProfile: path?.profile ?? '',
  }),
  close: () => process.exit(0),
} satisfies ClientCalls);

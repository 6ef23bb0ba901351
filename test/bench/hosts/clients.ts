// The clients' side: one publisher and many lean receivers, on the clients' core.
import { setTimeout as delay } from 'node:timers/promises';
import { readFrames } from '../load/ivf.ts';
import { LeanReceiver } from '../load/LeanReceiver.ts';
import { MediaSource, type SyntheticPacket } from '../load/MediaSource.ts';
import type { MediaPath } from '../load/MediaPath.ts';
import { openSignalling, type Signalling } from '../load/signalling.ts';
import { capabilities, published, type FeedbackProfile } from '../load/streams.ts';
import { clipOf } from '../../support/peerMedia.ts';
import { sum } from '../measure/statistics.ts';
import { serveCalls } from './calls.ts';
import type { SideName } from './sides.ts';

const FLOWING_TIMEOUT_MS = 10_000;

export interface Counts {
  readonly packets: number;
  readonly lost: number;
  /** Packets that are no forwarded media: the server probes the bandwidth with them. */
  readonly probes: number;
  readonly sent: number;
  readonly srtpProfile: string;
}

export type ClientCalls = {
  /** Connects the publisher, which sends from now on: noise, or the frames of an IVF file. */
  publish(side: SideName, url: string, ivf?: string): Promise<void>;
  /** So many people who send real pictures (an IVF file) and sounds, each at a time of their own. */
  publishPeople(side: SideName, url: string, count: number, ivf: string): Promise<void>;
  /** Connects so many more receivers one after another, until media flows to all. */
  receive(count: number, profile: FeedbackProfile): Promise<void>;
  send(on: boolean): void;
  /** Forwarded packets since the beginning, and how many of them are missing. */
  counts(): Counts;
  close(): void;
};

let signalling: Signalling | undefined;
let path: MediaPath | undefined;
let sent = 0;
const receivers: LeanReceiver[] = [];
const send = ({ header, payload }: SyntheticPacket): void => {
  sent += 1;
  path?.send(path.protect(header, payload));
};
let source = new MediaSource(send);

const flowing = async (): Promise<void> => {
  const until = performance.now() + FLOWING_TIMEOUT_MS;
  while (!receivers.every((receiver) => receiver.flowing)) {
    if (performance.now() > until) throw new Error('No media arrives');
    await delay(20);
  }
};

serveCalls({
  async publish(side, url, ivf) {
    if (ivf !== undefined) source = new MediaSource(send, readFrames(ivf));
    signalling = await openSignalling(side, url);
    path = await signalling.publish(published);
    source.start();
  },
  async publishPeople(side, url, count, ivf) {
    signalling ??= await openSignalling(side, url);
    const frames = readFrames(ivf);
    const sounds = (await clipOf('audio')).packets.map(({ bytes }) => bytes.subarray(12));
    for (let index = 0; index < count; index += 1) {
      const own = await signalling.publish(published);
      const person = new MediaSource(
        ({ header, payload }) => {
          sent += 1;
          own.send(own.protect(header, payload));
        },
        frames,
        sounds,
      );
      person.start();
    }
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
    packets: sum(receivers.map((receiver) => receiver.packets)),
    lost: sum(receivers.map((receiver) => receiver.lost)),
    probes: sum(receivers.map((receiver) => receiver.probes)),
    sent,
    srtpProfile: path?.profile ?? '',
  }),
  close: () => process.exit(0),
} satisfies ClientCalls);

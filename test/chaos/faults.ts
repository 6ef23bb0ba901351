import { setTimeout as delay } from 'node:timers/promises';
import { LostNetwork } from '../support/LostNetwork.ts';
import { Relay } from '../support/Relay.ts';
import { startApp } from '../support/startApp.ts';
import { Meeting } from './Meeting.ts';

export type FaultName = 'socket' | 'network' | 'workerKilled' | 'workerStopped';

/** A meeting and the thing that goes wrong with it. */
export interface Scene {
  readonly meeting: Meeting;
  /** Does it and undoes it; resolves with the moment the fault ended, in ms since 1970. */
  readonly strike: () => Promise<number>;
  close(): Promise<void>;
}

export interface Fault {
  readonly what: string;
  /** From when the time runs. */
  readonly from: string;
  /** The media session is built anew: media of the old one does not count. */
  readonly anew: boolean;
  /** A second strike soon after is another fault: a worker that keeps dying is started more slowly. */
  readonly onceOnly: boolean;
  /** Why it cannot be tried here; undefined when it can. */
  readonly whyNot: () => Promise<string | undefined>;
  readonly stage: () => Promise<Scene>;
}

const OUTAGE_MS = 5_000;
const always = (): Promise<undefined> => Promise.resolve(undefined);

const socket = async (): Promise<Scene> => {
  const app = await startApp();
  const relay = await Relay.before(app.url);
  const meeting = await Meeting.begin(app.url, { url: relay.url });
  return {
    meeting,
    async strike() {
      relay.cut();
      await delay(OUTAGE_MS);
      relay.mend();
      return Date.now();
    },
    async close() {
      await meeting.close();
      await relay.close();
      await app.close();
    },
  };
};

const network = async (): Promise<Scene> => {
  const lost = await LostNetwork.create();
  const app = await startApp({ HOST: lost.serverAddress });
  const options = { secureOrigin: app.url };
  const first = { url: app.url, options: { ...options, wrapper: lost.wrapper } };
  const meeting = await Meeting.begin(app.url, first, options);
  return {
    meeting,
    async strike() {
      await lost.drop();
      await delay(OUTAGE_MS);
      await lost.restore();
      return Date.now();
    },
    async close() {
      await meeting.close();
      await app.close();
      await lost.close();
    },
  };
};

const worker = (signal: 'SIGKILL' | 'SIGSTOP') => async (): Promise<Scene> => {
  const app = await startApp();
  const meeting = await Meeting.begin(app.url, { url: app.url });
  return {
    meeting,
    strike() {
      const at = Date.now();
      for (const pid of app.app.pool.pids) process.kill(pid, signal);
      return Promise.resolve(at);
    },
    async close() {
      await meeting.close();
      await app.close();
    },
  };
};

export const FAULTS: Readonly<Record<FaultName, Fault>> = {
  socket: {
    what: 'signalling of one cut for 5 s',
    from: 'the line works again',
    anew: false,
    onceOnly: false,
    whyNot: always,
    stage: socket,
  },
  network: {
    what: 'network of one lost for 5 s',
    from: 'the network works again',
    anew: false,
    onceOnly: false,
    whyNot: () => LostNetwork.whyNot(),
    stage: network,
  },
  workerKilled: {
    what: 'worker killed (SIGKILL)',
    from: 'the kill',
    anew: true,
    onceOnly: true,
    whyNot: always,
    stage: worker('SIGKILL'),
  },
  workerStopped: {
    what: 'worker hung (SIGSTOP)',
    from: 'the stop, finding out included',
    anew: true,
    onceOnly: true,
    whyNot: always,
    stage: worker('SIGSTOP'),
  },
};

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Source } from '../../server/protocol/media.ts';
import { createPeer, type Peer, type SendingPeerOptions } from '../support/peer.ts';
import { createPeerRelay } from '../support/peerRelay.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { waitFor } from '../support/waitFor.ts';

/** The real client against the real server and worker, while parts of both are taken away. */

const ENOUGH_PACKETS = 10;

const until = (
  reason: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 10_000,
): Promise<boolean> => waitFor(reason, condition, Boolean, { timeoutMs, everyMs: 20 });

let app: RunningApp;
let closings: (() => Promise<void>)[];

beforeEach(async () => {
  app = await startApp();
  closings = [];
});

afterEach(async () => {
  for (const close of closings.toReversed()) await close();
  await app.close();
});

const enter = async (
  name: string,
  options: Partial<SendingPeerOptions> = { audio: true, video: true },
): Promise<Peer> => {
  const peer = await createPeer({ url: app.url, room: 'garden', name, ...options });
  closings.push(() => peer.close());
  return peer;
};

const isJoined = (peer: Peer): boolean => peer.store.phase.value.name === 'joined';

/** New packets from now on. */
const hears = async (to: Peer, from: string, source: Source): Promise<void> => {
  const before = to.packetsFrom(from, source);
  await until(
    `${source} of ${from} arrives`,
    () => to.packetsFrom(from, source) >= before + ENOUGH_PACKETS,
  );
};

const bothHear = async (a: Peer, nameOfA: string, b: Peer, nameOfB: string): Promise<void> => {
  await Promise.all([
    hears(a, nameOfB, 'microphone'),
    hears(a, nameOfB, 'camera'),
    hears(b, nameOfA, 'microphone'),
    hears(b, nameOfA, 'camera'),
  ]);
};

const tracksOf = (peer: Peer, name: string): string[] =>
  peer.store.participants.value
    .filter((participant) => participant.name === name)
    .flatMap(({ tracks }) => tracks.map(({ id }) => id))
    .toSorted();

const sessionOf = async (peer: Peer): Promise<string | null> =>
  (await peer.client.stats()).mediaSessionId;

const hasNoticed = (peer: Peer): boolean => peer.phases.includes('reconnecting');

const killWorker = (): void => {
  for (const pid of app.app.pool.pids) process.kill(pid, 'SIGKILL');
};

describe('two peers', () => {
  it('hear and see each other, and one without devices both', async () => {
    const ada = await enter('Ada');
    const bob = await enter('Bob');
    const eve = await enter('Eve', {});
    await bothHear(ada, 'Ada', bob, 'Bob');
    await Promise.all([hears(eve, 'Ada', 'camera'), hears(eve, 'Bob', 'microphone')]);
    expect(eve.store.media.value.size).toBe(4);
    expect(tracksOf(ada, 'Ada')).toEqual(tracksOf(bob, 'Ada'));
    const { inbound } = await eve.client.stats();
    expect(inbound.every(({ packets }) => packets > 0)).toBe(true);
  });

  it('stop sending when muted, and go on when not', async () => {
    const ada = await enter('Ada', { audio: true });
    const bob = await enter('Bob', {});
    await hears(bob, 'Ada', 'microphone');
    await ada.client.setPaused('microphone', true);
    await until('the others see it', () => bob.store.participants.value[0]!.tracks[0]!.paused);
    const muted = bob.packetsFrom('Ada', 'microphone');
    const { sent } = await outbound(ada);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(bob.packetsFrom('Ada', 'microphone')).toBeLessThanOrEqual(muted + 1);
    expect((await outbound(ada)).sent).toBe(sent);
    await ada.client.setPaused('microphone', false);
    await hears(bob, 'Ada', 'microphone');
  });

  it('send nothing when they come in muted', async () => {
    const bob = await enter('Bob', {});
    const ada = await enter('Ada', {});
    await ada.send('microphone', { paused: true });
    await until('the track is there', () => tracksOf(bob, 'Ada').length === 1);
    expect((await outbound(ada)).sent).toBe(0);
    await ada.client.setPaused('microphone', false);
    await hears(bob, 'Ada', 'microphone');
  });

  it('unpublish and publish again', async () => {
    const ada = await enter('Ada');
    const bob = await enter('Bob', {});
    await hears(bob, 'Ada', 'camera');
    await ada.client.unpublish('camera');
    await until('the camera is gone', () => bob.store.media.value.size === 1);
    await ada.send('camera');
    await hears(bob, 'Ada', 'camera');
    expect(bob.store.media.value.size).toBe(2);
  });

  it('are sent away for good by the owner', async () => {
    const ada = await enter('Ada', {});
    const bob = await enter('Bob', {});
    await ada.client.removeParticipant(bob.store.self.value!.id);
    await until('Bob is told', () => bob.store.phase.value.name === 'ended');
    expect(bob.store.phase.value).toMatchObject({ reason: 'removed' });
    expect(bob.sockets).toHaveLength(1);
  });
});

const outbound = async (peer: Peer): Promise<{ sent: number }> => {
  const stats = await peer.client.stats();
  return { sent: stats.outbound.reduce((sum, { packets }) => sum + packets, 0) };
};

describe('a socket that is lost', () => {
  it('is replaced, and media never stops', async () => {
    const ada = await enter('Ada');
    const bob = await enter('Bob');
    await bothHear(ada, 'Ada', bob, 'Bob');
    const { id } = bob.store.self.value!;
    const before = [tracksOf(ada, 'Bob'), [...bob.store.media.value.values()]];
    const sizes = new Set<number>();
    closings.push(async () => stop());
    const stop = bob.store.media.subscribe(({ size }) => sizes.add(size));
    bob.cutSocket();
    await until('Bob notices', () => hasNoticed(bob));
    await until('Bob is back', () => isJoined(bob), 2000);
    expect(bob.store.self.value!.id).toBe(id);
    await bothHear(ada, 'Ada', bob, 'Bob');
    expect([tracksOf(ada, 'Bob'), [...bob.store.media.value.values()]]).toEqual(before);
    expect([...sizes]).toEqual([2]);
    await bothHear(ada, 'Ada', bob, 'Bob');
  });

  it('is noticed when it only falls silent', async () => {
    const relay = await createPeerRelay(app.url);
    closings.push(() => relay.close());
    const ada = await enter('Ada', {});
    const bob = await enter('Bob', { url: relay.url });
    const { id } = bob.store.self.value!;
    relay.freeze();
    await until('Bob notices', () => hasNoticed(bob), 15_000);
    await until('Bob is back', () => isJoined(bob), 5000);
    expect(bob.store.self.value!.id).toBe(id);
    expect(ada.store.participants.value).toHaveLength(2);
    await ada.send('microphone');
    await hears(bob, 'Ada', 'microphone');
  });

  it('takes what was published meanwhile along', async () => {
    const ada = await enter('Ada', {});
    const bob = await enter('Bob', {});
    bob.cutSocket();
    await bob.send('microphone');
    await ada.send('microphone');
    await Promise.all([hears(ada, 'Bob', 'microphone'), hears(bob, 'Ada', 'microphone')]);
    expect(tracksOf(ada, 'Bob')).toEqual(tracksOf(bob, 'Bob'));
  });

  it('in the middle of publishing leaves one track, not two', async () => {
    const ada = await enter('Ada', {});
    const bob = await enter('Bob', {});
    const sending = bob.send('camera');
    await until(
      'the request is on its way',
      async () => (await bob.client.stats()).outbound.length > 0,
    );
    bob.cutSocket();
    await sending;
    await hears(ada, 'Bob', 'camera');
    expect(tracksOf(ada, 'Bob')).toHaveLength(1);
    expect(ada.store.media.value.size).toBe(1);
  });

  it('is not replaced after leaving', async () => {
    const bob = await enter('Bob', {});
    await app.close();
    await until('Bob tries in vain', () => bob.sockets.length > 2);
    expect(bob.phases).toEqual(['joining', 'joined', 'reconnecting']);
    await bob.client.leave();
    const opened = bob.sockets.length;
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(bob.store.phase.value).toEqual({ name: 'ended', reason: 'left' });
    expect(bob.sockets).toHaveLength(opened);
    expect(bob.sockets.every(({ readyState, CLOSED }) => readyState === CLOSED)).toBe(true);
  });
});

describe('a worker that dies', () => {
  it('costs a moment of media and nothing else', async () => {
    const ada = await enter('Ada');
    const bob = await enter('Bob');
    await bothHear(ada, 'Ada', bob, 'Bob');
    const before = tracksOf(ada, 'Bob');
    const local = [...bob.store.local.value.values()].map(({ track }) => track);
    killWorker();
    await until('Bob publishes anew', () => {
      const now = tracksOf(ada, 'Bob');
      return now.length === 2 && now.every((id) => !before.includes(id));
    });
    await bothHear(ada, 'Ada', bob, 'Bob');
    expect([...bob.store.local.value.values()].map(({ track }) => track)).toEqual(local);
    expect(isJoined(ada) && isJoined(bob)).toBe(true);
    expect(bob.sockets).toHaveLength(1);
    expect(bob.store.media.value.size).toBe(2);
    expect(tracksOf(bob, 'Ada')).toEqual(tracksOf(ada, 'Ada'));
  });

  it('and whose successor dies too', async () => {
    const ada = await enter('Ada');
    const bob = await enter('Bob');
    await bothHear(ada, 'Ada', bob, 'Bob');
    const first = app.app.pool.pids[0]!;
    killWorker();
    await until('there is another', () => (app.app.pool.pids[0] ?? first) !== first);
    killWorker();
    await bothHear(ada, 'Ada', bob, 'Bob');
    expect(bob.store.media.value.size).toBe(2);
  });

  it('in the middle of publishing is no error', async () => {
    const ada = await enter('Ada', {});
    const bob = await enter('Bob', {});
    const sending = Promise.all([bob.send('microphone'), bob.send('camera')]);
    await until('it is on its way', async () => (await bob.client.stats()).outbound.length > 0);
    killWorker();
    await sending;
    await Promise.all([hears(ada, 'Bob', 'microphone'), hears(ada, 'Bob', 'camera')]);
    expect(tracksOf(ada, 'Bob')).toHaveLength(2);
  });

  it('while the socket is gone', async () => {
    const ada = await enter('Ada');
    const bob = await enter('Bob');
    await bothHear(ada, 'Ada', bob, 'Bob');
    const before = await sessionOf(ada);
    bob.cutSocket();
    killWorker();
    await until('both have moved', async () => {
      const now = await sessionOf(ada);
      return now !== before && now === (await sessionOf(bob));
    });
    await bothHear(ada, 'Ada', bob, 'Bob');
    expect(bob.store.media.value.size).toBe(2);
  });
});

describe('a network that changes', () => {
  it('gets new ICE credentials, and media goes on', async () => {
    const ada = await enter('Ada');
    const bob = await enter('Bob');
    await bothHear(ada, 'Ada', bob, 'Bob');
    bob.client.networkChanged();
    await bothHear(ada, 'Ada', bob, 'Bob');
    expect((await bob.client.stats()).transports).toEqual(['connected', 'connected']);
  });
});

describe('a server that restarts', () => {
  it('finds everybody in the room again', async () => {
    const { port } = new URL(app.url);
    const ada = await enter('Ada');
    const bob = await enter('Bob');
    await bothHear(ada, 'Ada', bob, 'Bob');
    await app.close();
    await until('Bob notices', () => hasNoticed(bob));
    app = await startApp({ PORT: port });
    await until('both are back', () => isJoined(ada) && isJoined(bob));
    await bothHear(ada, 'Ada', bob, 'Bob');
    expect(ada.store.participants.value).toHaveLength(2);
    expect(bob.store.media.value.size).toBe(2);
  });
});

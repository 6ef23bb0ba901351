import { afterAll, beforeAll, describe, it } from 'vitest';
import { Peer } from '../support/peer.ts';
import { ANA } from '../support/personas.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { receptions } from '../support/traffic.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor, within } from '../support/waitFor.ts';

const PEERS = 20;
/** More voices at once are a choir: each is twenty streams for this machine to unpack. */
const VOICES = 4;
/** Generous: others may keep the machine busy. */
const ARRIVAL_LIMIT_MS = 30_000;
const ROOM = 'crowd';

const showAna = (peer: Peer): void => {
  const tracks = peer.store.participants.value.find(({ name }) => name === ANA.name)?.tracks;
  const camera = tracks?.find(({ source }) => source === 'camera');
  if (camera) peer.client.setView([{ trackId: camera.id, width: 320, height: 180 }]);
};

describe('a crowd', { timeout: 90_000 }, () => {
  let app: RunningApp;
  let ana: Visitor;
  const peers: Peer[] = [];

  /** One who looks at nobody yet. */
  const arrive = async (index: number): Promise<void> => {
    const name = `Guest ${index + 1}`;
    const peer = new Peer({ url: app.url, room: ROOM, name });
    peers.push(peer);
    peer.client.setView([]);
    await within(ARRIVAL_LIMIT_MS, `${name} joins`, peer.client.join());
    await within(ARRIVAL_LIMIT_MS, `${name} sends a picture`, peer.send('camera'));
    if (index < VOICES) {
      await within(ARRIVAL_LIMIT_MS, `${name} sends sound`, peer.send('microphone'));
    }
  };

  beforeAll(async () => {
    app = await startApp();
    ana = await Visitor.comeAs(app.url, ANA, {
      picture: { width: 320, height: 180 },
      viewport: { width: 1280, height: 800 },
    });
    await ana.enter(ROOM);
    for (let index = 0; index < PEERS; index++) await arrive(index);
  }, 150_000);

  afterAll(async () => {
    await Promise.all(peers.map((peer) => peer.close()));
    await ana?.close();
    await app?.close();
  });

  it('shows everybody, and receives the picture and the sound of each who sends them', async () => {
    await ana.isWith([ANA.name, ...peers.map((_, index) => `Guest ${index + 1}`)]);
    const heardOrSeen = async (kind: 'audio' | 'video'): Promise<number> => {
      const received = await receptions(ana.page);
      const alive = received.filter(({ packets, frames }) =>
        kind === 'audio' ? packets > 0 : frames > 0,
      );
      return new Set(
        alive.filter((stream) => stream.kind === kind).map(({ participantId }) => participantId),
      ).size;
    };
    const patience = { timeoutMs: 30_000 };
    await waitFor(
      'all pictures arrive',
      () => heardOrSeen('video'),
      (n) => n === PEERS,
      patience,
    );
    await waitFor(
      'all voices arrive',
      () => heardOrSeen('audio'),
      (n) => n === VOICES,
      patience,
    );
  });

  it('brings the picture and the sound of one to each of the others', async () => {
    for (const peer of peers) showAna(peer);
    await waitFor(
      'everybody receives Ana',
      () => ({
        unseenBy: peers.filter((peer) => peer.packetsFrom(ANA.name, 'camera') === 0).length,
        unheardBy: peers.filter((peer) => peer.packetsFrom(ANA.name, 'microphone') === 0).length,
      }),
      ({ unseenBy, unheardBy }) => unseenBy === 0 && unheardBy === 0,
      { timeoutMs: 30_000 },
    );
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPeer, type Peer } from '../support/peer.ts';
import { ANA, BEN } from '../support/personas.ts';
import { Relay } from '../support/Relay.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { standsStill, wholePictures } from '../support/traffic.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';

/** Well before a browser gives up waiting for the rest of a broken picture (3 s) and asks itself. */
const SOON = { timeoutMs: 2_500, everyMs: 50 };

const NEWCOMERS = ['Eve', 'Fay', 'Gil', 'Hal', 'Ida', 'Jan'];

const sentBy = async (visitors: readonly Visitor[]): Promise<number[]> => {
  const counts = await Promise.all(visitors.map(({ page }) => wholePictures(page)));
  return counts.map(({ sent }) => sent);
};

describe('whole pictures', { timeout: 60_000 }, () => {
  let app: RunningApp;
  let relay: Relay;
  let ana: Visitor;
  let ben: Visitor;

  beforeAll(async () => {
    app = await startApp();
    relay = await Relay.before(app.url);
    [ana, ben] = await Promise.all([
      Visitor.comeAs(relay.url, ANA, { picture: { width: 320, height: 180 } }),
      Visitor.comeAs(app.url, BEN, { picture: { width: 320, height: 180 } }),
    ]);
    await ana.enter('resume');
    await ben.enter('resume');
    await Promise.all([ana.perceives(BEN), ben.perceives(ANA)]);
  });

  afterAll(async () => {
    await Promise.all([ana, ben].map((visitor) => visitor?.close()));
    await relay?.close();
    await app?.close();
  });

  it('come at once, both ways, when somebody is back whose line was lost', async () => {
    const before = await sentBy([ana, ben]);
    const cutAt = Date.now();
    relay.cut();
    relay.mend();
    await waitFor(
      'Ana hears of the server again',
      () => ana.page.evaluate(() => window.instruments.heardAt),
      (heardAt) => heardAt > cutAt,
    );
    await waitFor(
      `both begin their pictures anew, beyond ${before.join(' and ')}`,
      () => sentBy([ana, ben]),
      (now) => now.every((count, index) => count > before[index]!),
      SOON,
    );
  });

  it('are not asked for in vain when several come together', async () => {
    const peers: Peer[] = [];
    for (const name of NEWCOMERS) {
      peers.push(await createPeer({ url: app.url, room: 'resume', name }));
    }
    for (const peer of peers) {
      await waitFor('pictures arrive', () => peer.packetsFrom(BEN.name, 'camera') > 0);
    }
    await standsStill('the number of whole pictures', async () => {
      const { sent, asked } = await wholePictures(ben.page);
      return sent + asked;
    });
    const { sent, asked } = await wholePictures(ben.page);
    await Promise.all(peers.map((peer) => peer.close()));
    // The first one comes unasked.
    expect(asked).toBeLessThan(sent);
  });
});

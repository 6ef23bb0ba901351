import { afterAll, beforeAll, describe, it } from 'vitest';
import { ANA, BEN } from '../support/personas.ts';
import { Relay } from '../support/Relay.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { keyFramesSent } from '../support/traffic.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';

/** Well before a browser gives up waiting for the rest of a broken picture (3 s) and asks itself. */
const SOON = { timeoutMs: 2_500, everyMs: 50 };

const sentBy = (visitors: readonly Visitor[]): Promise<number[]> =>
  Promise.all(visitors.map(({ page }) => keyFramesSent(page)));

describe('whoever comes back after their line was lost', { timeout: 60_000 }, () => {
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

  it('gets whole pictures at once, and gives them', async () => {
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
});

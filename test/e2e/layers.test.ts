import { afterAll, beforeAll, describe, it } from 'vitest';
import type { NotificationData } from '../../server/protocol/signaling.ts';
import { layerNews } from '../support/layerNews.ts';
import { createPeer, type Peer } from '../support/peer.ts';
import { ANA } from '../support/personas.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { grows, packetsOf, receptions, standsStill } from '../support/traffic.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';

/** Large enough that it is sent in three sizes. */
const PICTURE = { width: 960, height: 540 };
const SMALLEST_HEIGHT = PICTURE.height / 4;
/** With so many a phone turns pages. */
const BYSTANDERS = 7;

const isSeenAt = async (visitor: Visitor, height: number): Promise<void> => {
  await waitFor(
    `${visitor.name} receives Ana's picture ${height} pixels high`,
    async () => ({
      element: (await visitor.sees(ANA)).height,
      decoded: (await receptions(visitor.page)).map(({ frameHeight }) => frameHeight),
    }),
    ({ element, decoded }) => element === height && decoded.includes(height),
    { timeoutMs: 30_000 },
  );
};
const video = (visitor: Visitor) => () => packetsOf(visitor.page, 'video');

describe('layers of a picture', { timeout: 60_000 }, () => {
  let app: RunningApp;
  let ana: Visitor;
  let desk: Visitor;
  let phone: Visitor;
  let told: NotificationData<'layerChanged'>[];
  const newestLayer = async () => told.at(-1)?.spatialLayer;
  const bystanders: Peer[] = [];

  beforeAll(async () => {
    app = await startApp();
    [ana, desk, phone] = await Promise.all([
      Visitor.comeAs(app.url, ANA, {
        picture: PICTURE,
        viewport: { width: 640, height: 480 },
      }),
      Visitor.come(app.url, 'Desk', {
        devices: 'denied',
        viewport: { width: 1600, height: 1000 },
      }),
      Visitor.come(app.url, 'Phone', {
        devices: 'denied',
        viewport: { width: 360, height: 480 },
        touch: true,
      }),
    ]);
    told = layerNews(desk.page);
    for (const visitor of [phone, ana, desk]) await visitor.enter('layers');
  });

  afterAll(async () => {
    await Promise.all(bystanders.map((peer) => peer.close()));
    await Promise.all([ana, desk, phone].map((visitor) => visitor?.close()));
    await app?.close();
  });

  it('sends the large one to who shows it large, the small one to who shows it small', async () => {
    await Promise.all([isSeenAt(desk, PICTURE.height), isSeenAt(phone, SMALLEST_HEIGHT)]);
  });

  it('follows the tile when its size changes', async () => {
    await desk.page.setViewportSize({ width: 400, height: 500 });
    await isSeenAt(desk, SMALLEST_HEIGHT);
    await desk.page.setViewportSize({ width: 1600, height: 1000 });
    await isSeenAt(desk, PICTURE.height);
  });

  it('tells the page which layer arrives', async () => {
    await waitFor('the large layer is told last', newestLayer, (layer) => layer === 2);
    await desk.page.setViewportSize({ width: 400, height: 500 });
    await waitFor('the small layer is told', newestLayer, (layer) => layer === 0);
    await desk.page.setViewportSize({ width: 1600, height: 1000 });
    await isSeenAt(desk, PICTURE.height);
  });

  it('sends no video to a page that is hidden, and goes on with the sound', async () => {
    await desk.setHidden(true);
    await standsStill('video at the hidden page', video(desk));
    await desk.hears(ANA);
    await desk.setHidden(false);
    await grows('video at the page in sight again', video(desk));
    await desk.sees(ANA);
  });

  it('sends no video of who is on another page of tiles, and goes on with the sound', async () => {
    for (let i = 1; i <= BYSTANDERS; i++) {
      bystanders.push(await createPeer({ url: app.url, room: 'layers', name: `Guest ${i}` }));
    }
    await phone.press('Next page');
    await waitFor(
      'Ana is on the page before',
      () => phone.names(),
      (names) => names.includes('Guest 7') && !names.includes('Ana'),
    );
    await standsStill('video at the phone', video(phone));
    await phone.hears(ANA);
    await phone.press('Previous page');
    await phone.sees(ANA);
  });
});

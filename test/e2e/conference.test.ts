import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { ANA, BEN, CEM } from '../support/personas.ts';
import { shows } from '../support/senses.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';

/** The colour of the screen that Chromium pretends to show. */
const FAKE_SCREEN_HUE = 120;
/** By then nobody should see the tile of somebody who vanished. */
const GHOST_LIMIT_MS = 30_000;

describe('a conference of three', { timeout: 60_000 }, () => {
  let app: RunningApp;
  let ana: Visitor;
  let ben: Visitor;
  let cem: Visitor;

  const all = async (does: (visitor: Visitor) => Promise<unknown>): Promise<void> => {
    await Promise.all([ana, ben, cem].map(does));
  };

  beforeAll(async () => {
    app = await startApp();
    [ana, ben, cem] = await Promise.all([
      Visitor.comeAs(app.url, ANA),
      Visitor.comeAs(app.url, BEN),
      Visitor.comeAs(app.url, CEM),
    ]);
    await all((visitor) => visitor.enter('conference'));
  });

  afterEach(() => {
    for (const visitor of [ana, ben, cem]) visitor.hasNoComplaints();
  });

  afterAll(async () => {
    await Promise.all([ana, ben, cem].map((visitor) => visitor?.close()));
    await app?.close();
  });

  it('shows and sounds each of them to each of the others', async () => {
    await all((visitor) => visitor.isWith(['Ana', 'Ben', 'Cem']));
    await all(async (visitor) => {
      for (const persona of [ANA, BEN, CEM]) {
        if (persona.name !== visitor.name) await visitor.perceives(persona);
        else await Promise.all([visitor.sees(persona), visitor.hearsNothingOf(persona)]);
      }
    });
  });

  it('lets somebody without camera and microphone take part', async () => {
    const dora = await Visitor.come(app.url, 'Dora', { devices: 'denied' });
    await dora.enter('conference');
    await dora.isWith(['Ana', 'Ben', 'Cem', 'Dora']);
    await Promise.all([ANA, BEN, CEM].map((persona) => dora.perceives(persona)));
    await all((visitor) => visitor.isWith(['Ana', 'Ben', 'Cem', 'Dora']));
    await all((visitor) => visitor.seesNoPictureOf('Dora'));
    await dora.close();
    await all((visitor) => visitor.isWith(['Ana', 'Ben', 'Cem']));
  });

  it('mutes exactly the person who mutes, and brings their sound back', async () => {
    await ben.press('Mute');
    await Promise.all([ana.hearsNothingOf(BEN), cem.hearsNothingOf(BEN)]);
    await Promise.all([ana.hears(CEM), cem.hears(ANA), ana.sees(BEN), ben.hears(ANA)]);

    await ben.press('Unmute');
    await Promise.all([ana.hears(BEN), cem.hears(BEN)]);
  });

  it('takes the picture away with Stop camera and brings it back with Start camera', async () => {
    await ana.press('Stop camera');
    await all((visitor) => visitor.seesNoPictureOf('Ana'));
    await ben.hears(ANA);

    await ana.press('Start camera');
    await all((visitor) => visitor.sees(ANA));
  });

  it('shows a shared screen to the others until it is shared no more', async () => {
    await cem.press('Share screen');
    for (const visitor of [ana, ben]) {
      await waitFor(
        `${visitor.name} sees the screen that Cem shares`,
        () => visitor.seesScreenOf('Cem'),
        (sight) => shows(sight, FAKE_SCREEN_HUE),
      );
    }
    await ana.sees(CEM);
    await cem.press('Stop sharing');
    for (const visitor of [ana, ben]) {
      await waitFor(
        `${visitor.name} sees no screen any more`,
        () => visitor.seesScreenOf('Cem'),
        (sight) => sight === null,
      );
    }
    await cem.button('Share screen').waitFor();
  });

  it('does not show somebody twice who loads the page anew', async () => {
    await ben.page.reload();
    await ben.join();
    await all((visitor) => visitor.isWith(['Ana', 'Ben', 'Cem']));
    await Promise.all([ana.perceives(BEN), ben.perceives(CEM)]);
  });

  it('takes the tile of whoever leaves away, and offers them to come back', async () => {
    await cem.press('Leave');
    await Promise.all([ana.isWith(['Ana', 'Ben']), ben.isWith(['Ana', 'Ben'])]);
    await ana.hearsNothingOf(CEM);

    await cem.rejoin();
    await all((visitor) => visitor.isWith(['Ana', 'Ben', 'Cem']));
    await Promise.all([ana.perceives(CEM), cem.perceives(ANA)]);
  });

  it('keeps no ghost of somebody whose browser is killed', async () => {
    await cem.browser.kill();
    const limit = { timeoutMs: GHOST_LIMIT_MS };
    await Promise.all([ana, ben].map((visitor) => visitor.isWith(['Ana', 'Ben'], limit)));
    await ana.sees(BEN);
    await ben.hears(ANA);
  });
});

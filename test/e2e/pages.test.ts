import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPeer } from '../support/peer.ts';
import { ANA } from '../support/personas.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';
import { WIDE, withoutFault } from '../support/withoutFault.ts';

describe('pages', { timeout: 60_000 }, () => {
  let app: RunningApp;
  let ana: Visitor;

  beforeAll(async () => {
    app = await startApp();
    ana = await Visitor.comeAs(app.url, ANA);
  });

  afterEach(() => {
    ana.hasNoComplaints();
  });

  afterAll(async () => {
    await ana?.close();
    await app?.close();
  });

  it('lists a listed room with its head count on the home page, and Join leads there', async () => {
    const started = await fetch(`${app.url}/api/v1/rooms`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'town-hall', listed: true }),
    });
    expect(started.status).toBe(201);
    const guest = await createPeer({ url: app.url, room: 'town-hall', name: 'Guest' });
    const hidden = await createPeer({ url: app.url, room: 'nobodys-business', name: 'Hidden' });
    await ana.openHome();
    const row = ana.page.getByRole('listitem').filter({ hasText: 'town-hall' });
    await row.getByText('1 person inside').waitFor();
    expect(await ana.page.getByText('nobodys-business').count()).toBe(0);

    await row.getByRole('link', { name: 'Join town-hall' }).click();
    await ana.join();
    await ana.isWith(['Ana', 'Guest']);
    await ana.press('Leave');
    await Promise.all([guest.close(), hidden.close()]);
  });

  it('starts a room that nobody can guess', async () => {
    await ana.openHome();
    await ana.press('New room');
    await ana.page.waitForURL(/\/r\/[a-z]+(-[a-z0-9]+){2,}$/);
    await ana.join();
    await ana.press('Leave');
  });

  it.each(['room_x', '../admin', '<b>bold</b>', 'a b?c', '\u202Eevil', '-x', 'x'.repeat(65)])(
    'refuses %j as the name of a room, and says why',
    async (name) => {
      await ana.openHome();
      const field = ana.page.getByRole('textbox', { name: 'Name or link' });
      await field.fill(name);
      await field.press('Enter');
      await ana.page.getByText(/room’s name|does not lead to a room/).waitFor();
      expect(new URL(ana.page.url()).pathname).toBe('/');
      expect(await field.getAttribute('aria-invalid')).toBe('true');
    },
  );

  it('wants a name of whoever joins, and shows any name as plain text', async () => {
    await ana.openRoom('names');
    const field = ana.page.getByRole('textbox', { name: 'Your name' });
    await field.fill('   ');
    await field.press('Enter');
    await ana.page.getByText('Please type a name').waitFor();

    const name = '<img src=x onerror=alert(1)>';
    await field.fill(name);
    await field.press('Enter');
    await ana.tile(name).waitFor();
    expect(await ana.page.locator('img').count()).toBe(0);
    await ana.press('Leave');
  });

  it('can be joined, muted and left by keyboard alone', async () => {
    await ana.page.evaluate(() => localStorage.clear());
    await ana.openRoom('keyboard');
    await ana.focuses(ana.page.getByRole('textbox', { name: 'Your name' }));
    await ana.page.keyboard.type('Ana');
    await ana.page.keyboard.press('Enter');
    await ana.isInTheCall();
    const listener = await createPeer({ url: app.url, room: 'keyboard', name: 'Listener' });
    const microphoneIs = (state: 'paused' | 'live') =>
      waitFor(
        `the others are told that the microphone is ${state}`,
        () => listener.store.participants.value[0]?.tracks.find((t) => t.source === 'microphone'),
        (track) => track?.paused === (state === 'paused'),
      );
    await microphoneIs('live');

    await ana.tabsTo(ana.button('Mute'));
    await ana.page.keyboard.press('Space');
    await microphoneIs('paused');
    await ana.focuses(ana.button('Unmute'));
    await ana.page.keyboard.press('m');
    await microphoneIs('live');

    await ana.tabsTo(ana.button('Leave'));
    await ana.page.keyboard.press('Enter');
    await ana.focuses(ana.page.getByRole('heading', { level: 1 }));
    await ana.tabsTo(ana.button('Rejoin'));
    await ana.page.keyboard.press('Enter');
    await ana.isInTheCall();
    await ana.press('Leave');
    await listener.close();
  });

  it('has nothing that axe objects to, light or dark, large or small', async () => {
    await ana.page.evaluate(() => localStorage.clear());
    await ana.openHome();
    await ana.page.getByRole('list').getByText('town-hall').waitFor();
    await withoutFault(ana);

    await ana.openRoom('axe');
    await ana.page.getByLabel('Preview of your camera').waitFor();
    await withoutFault(ana);

    const guest = await createPeer({ url: app.url, room: 'axe', name: 'Guest', video: true });
    await ana.join();
    await ana.isWith(['Ana', 'Guest']);
    await withoutFault(ana);
    await ana.press('People');
    await ana.page.getByRole('heading', { name: 'People' }).waitFor();
    await withoutFault(ana);
    await guest.close();

    await ana.page.setViewportSize(WIDE);
    await ana.press('Leave');
    await ana.button('Rejoin').waitFor();
    await withoutFault(ana);
  });
});

describe('before the call, without devices', () => {
  let app: RunningApp;

  beforeAll(async () => {
    app = await startApp();
  });

  afterAll(() => app?.close());

  it.each([
    { devices: 'none', title: /^No camera or microphone found$/, cure: /Plug one in/ },
    {
      devices: 'denied',
      title: /^Your camera and microphone are blocked$/,
      cure: /sign to the left/,
    },
  ] as const)('says what is the matter and how to mend it: $devices', async (expected) => {
    const visitor = await Visitor.come(app.url, 'Dora', { devices: expected.devices });
    await visitor.openRoom('quiet');
    await visitor.page.getByText(expected.title).waitFor();
    await visitor.page.getByText(expected.cure).waitFor();
    await visitor.button('Try again').waitFor();
    await withoutFault(visitor);
    await visitor.join();
    await visitor.isWith(['Dora']);
    visitor.hasNoComplaints();
    await visitor.close();
  });
});

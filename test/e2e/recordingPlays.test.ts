import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordingResource } from '../../server/protocol/recordings.ts';
import { ANA, BEN, type Persona } from '../support/personas.ts';
import { look, shows } from '../support/senses.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';

/** Right for people who jump to a moment, and for editors who lay files side by side. */
const DURATION_TOLERANCE_S = 0.05;
const RECORDED_MS = 6_000;
/** The colour of the screen that Chromium pretends to show. */
const FAKE_SCREEN_HUE = 120;

/** Makes a browser send and receive no other video codec. */
const speakOnly = (visitor: Visitor, mimeType: string): Promise<unknown> =>
  visitor.page.addInitScript((wanted) => {
    window.RTCPeerConnection = class extends RTCPeerConnection {
      override addTransceiver(
        ...args: Parameters<RTCPeerConnection['addTransceiver']>
      ): RTCRtpTransceiver {
        const transceiver = super.addTransceiver(...args);
        const { codecs = [] } = RTCRtpReceiver.getCapabilities('video') ?? {};
        if (transceiver.receiver.track.kind === 'video') {
          transceiver.setCodecPreferences(
            codecs.filter((codec) => [wanted, 'video/rtx'].includes(codec.mimeType)),
          );
        }
        return transceiver;
      }
    };
  }, mimeType);

describe('what was recorded', { timeout: 90_000, retry: 1 }, () => {
  let app: RunningApp;
  let ana: Visitor;
  let ben: Visitor;
  let recording: RecordingResource;
  let shared: string;

  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${app.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${app.adminKey}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(response.ok).toBe(true);
    return (await response.json()) as T;
  };

  const fileOf = (persona: Persona, source = 'camera'): string => {
    const file = recording.files.find(
      (one) =>
        one.kind === 'track' && one.participant?.name === persona.name && one.source === source,
    );
    return file?.name ?? 'none';
  };

  const showsFromAnyMoment = async (what: string, hue: number): Promise<void> => {
    for (const share of [0.5, 0.2, 0.75]) {
      await waitFor(
        `${what} from ${share} on`,
        async () => {
          const { wanted, at } = await seek(share);
          expect(at).toBeGreaterThan(wanted - 0.1);
          return look(ben.page.getByLabel('Player'));
        },
        (sight) => shows(sight, hue),
      );
    }
  };

  /** Puts a file into the page, as somebody who has the link would. */
  const open = (element: 'video' | 'audio', name: string): Promise<number> =>
    ben.page.evaluate(
      async ([tag, src]) => {
        const player = document.createElement(tag);
        player.setAttribute('aria-label', 'Player');
        player.muted = true;
        document.body.replaceChildren(player);
        const ready = new Promise((resolve, reject) => {
          player.addEventListener('loadeddata', resolve);
          player.addEventListener('error', () => reject(new Error(player.error?.message)));
        });
        player.src = src;
        await ready;
        return player.duration;
      },
      [element, `${shared}/files/${name}?disposition=inline`] as const,
    );

  const seek = (share: number): Promise<{ wanted: number; at: number; ends: number }> =>
    ben.page.getByLabel('Player').evaluate(async (player, part) => {
      if (!(player instanceof HTMLMediaElement)) throw new Error('no player');
      player.pause();
      const wanted = player.duration * part;
      const sought = new Promise((resolve) => {
        player.addEventListener('seeked', resolve, { once: true });
      });
      player.currentTime = wanted;
      await sought;
      await player.play();
      return { wanted, at: player.currentTime, ends: player.seekable.end(0) };
    }, share);

  beforeAll(async () => {
    app = await startApp();
    [ana, ben] = await Promise.all([Visitor.comeAs(app.url, ANA), Visitor.comeAs(app.url, BEN)]);
    await speakOnly(ben, 'video/H264');
    for (const visitor of [ana, ben]) await visitor.enter('played');
    await ana.perceives(BEN);
    await ana.press('Share screen');
    const { id } = await call<RecordingResource>('POST', '/rooms/played/recordings');
    await waitFor(
      'a few seconds are recorded',
      () => call<RecordingResource>('GET', `/recordings/${id}`),
      ({ durationMs, files }) =>
        durationMs > RECORDED_MS && files.some(({ source }) => source === 'screen'),
    );
    await call('POST', `/recordings/${id}/stop`);
    recording = await waitFor(
      'the files are ready',
      () => call<RecordingResource>('GET', `/recordings/${id}`),
      ({ state }) => state === 'ready',
      { timeoutMs: 40_000 },
    );
    shared = (await call<{ url: string }>('POST', `/recordings/${id}/shares`, {})).url;
    await ana.press('Leave');
    await ben.openHome();
  }, 150_000);
  afterAll(async () => {
    await Promise.all([ana, ben].map((visitor) => visitor?.close()));
    await app?.close();
  });

  it('is a file for each of them, by what they sent', () => {
    expect(fileOf(ANA)).toMatch(/^\d+-ana-camera\.webm$/);
    expect(fileOf(BEN)).toMatch(/^\d+-ben-camera\.mp4$/);
    expect(recording.health).toMatchObject({ grade: 'green' });
  });

  it.each([ANA, BEN])('plays in a browser, from any moment on: $name', async (persona) => {
    const durationS = await open('video', fileOf(persona));
    expect(Math.abs(durationS - recording.durationMs / 1000)).toBeLessThan(DURATION_TOLERANCE_S);
    const { ends } = await seek(0);
    expect(Math.abs(ends - durationS)).toBeLessThan(DURATION_TOLERANCE_S);
    await showsFromAnyMoment(`the picture of ${persona.name}`, persona.hue);
  });

  it('has the screen that was shared as a file of its own', async () => {
    const name = fileOf(ANA, 'screen');
    expect(name).toMatch(/^\d+-ana-screen\.webm$/);
    const durationS = await open('video', name);
    expect(Math.abs(durationS - recording.durationMs / 1000)).toBeLessThan(DURATION_TOLERANCE_S);
    await showsFromAnyMoment('the screen', FAKE_SCREEN_HUE);
  });

  it.each(['recording.m4a', 'recording.mp3', 'recording.ogg'])('sounds as %s', async (name) => {
    const durationS = await open('audio', name);
    expect(Math.abs(durationS - recording.durationMs / 1000)).toBeLessThan(DURATION_TOLERANCE_S);
    const { wanted, at } = await seek(0.6);
    expect(at).toBeGreaterThan(wanted - 0.1);
  });
});

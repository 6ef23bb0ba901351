import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Greeting } from '../../server/protocol/greetings.ts';
import { Somebody } from '../support/Somebody.ts';
import { waitFor } from '../support/waitFor.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';

/** People's own words for their callers: taken over REST, made fit to be heard, kept. */

const FFMPEG = process.env['FFMPEG_BIN'] ?? 'ffmpeg';
const SECONDS = 1_000;

let running: RunningApp;
let ana: Somebody;

/** Silence, a tone, silence, in a container of one's choice. */
const recorded = (
  format: readonly string[],
  { toneSeconds = 2, silentSeconds = 1, db = -30 }: Record<string, number> = {},
): Buffer =>
  execFileSync(
    FFMPEG,
    [
      '-nostdin',
      '-v',
      'error',
      '-f',
      'lavfi',
      '-i',
      `sine=frequency=700:sample_rate=48000:duration=${toneSeconds}`,
      '-af',
      `volume=${db + 18}dB,adelay=${silentSeconds}s,apad=pad_dur=${silentSeconds}`,
      ...format,
      'pipe:1',
    ],
    { maxBuffer: 64e6 },
  );
const WAV = ['-f', 'wav'];

const set = (kind: string, body: Buffer, { type = 'audio/wav', query = '' } = {}) =>
  fetch(`${running.url}/api/v1/greetings/${kind}${query}`, {
    method: 'PUT',
    headers: { cookie: ana.cookie, 'content-type': type },
    body: new Uint8Array(body),
  });
const problemOf = async (response: Response) => {
  const { detail } = (await response.json()) as { detail: string };
  return [response.status, detail];
};
const all = async () => (await ana.read<{ items: Greeting[] }>('/greetings')).items;

/** What ffmpeg measures: LUFS, and the pitch that is left when all but 700 Hz is taken away. */
const measured = (sound: Buffer, filter = 'anull'): number => {
  const args = ['-nostdin', '-hide_banner', '-nostats', '-i', '-', '-af', `${filter},ebur128`];
  const words = execFileSync(
    '/bin/sh',
    ['-c', `"$0" "$@" 2>&1`, FFMPEG, ...args, '-f', 'null', '-'],
    {
      input: sound,
    },
  ).toString();
  return Number(/I:\s+(-?[\d.]+) LUFS/.exec(words.slice(words.lastIndexOf('Summary')))?.[1]);
};

beforeAll(async () => {
  running = await startApp();
  ana = await Somebody.create(running, 'ana');
});
afterAll(() => running.close());

describe('a greeting', () => {
  test.for<[name: string, type: string, format: string[]]>([
    ['WAV', 'audio/wav', WAV],
    ['WebM, as Chrome records', 'audio/webm;codecs=opus', ['-c:a', 'libopus', '-f', 'webm']],
    ['Ogg, as Firefox records', 'audio/ogg', ['-c:a', 'libopus', '-f', 'ogg']],
    [
      'MP4, as Safari records',
      'audio/mp4',
      ['-c:a', 'aac', '-movflags', 'frag_keyframe+empty_moov', '-f', 'mp4'],
    ],
    ['MP3', 'audio/mpeg', ['-c:a', 'libmp3lame', '-f', 'mp3']],
  ])('is taken as %s, trimmed and as loud as all others', async ([, type, format]) => {
    const response = await set('unavailable', recorded(format), { type });
    expect(response.status).toBe(200);
    const greeting = (await response.json()) as Greeting;
    expect(greeting).toMatchObject({ kind: 'unavailable', language: null, until: null });
    expect(greeting.durationMs).toBeGreaterThan(1_950);
    expect(greeting.durationMs).toBeLessThan(2_350);
    const sound = Buffer.from(
      await (await ana.rest('GET', greeting.url.slice('/api/v1'.length))).arrayBuffer(),
    );
    expect(sound.length).toBe(greeting.bytes);
    expect(Math.abs(measured(sound) + 16)).toBeLessThan(1.5);
    expect(measured(sound, 'bandreject=frequency=700:width_type=h:width=200')).toBeLessThan(-30);
  });

  test('is had by kind and language, replaced and removed', async () => {
    await set('busy', recorded(WAV));
    await set('busy', recorded(WAV, { toneSeconds: 3 }), { query: '?language=de' });
    const inGerman = await ana.read<Greeting>('/greetings/busy?language=de');
    expect(Math.round(inGerman.durationMs / SECONDS)).toBe(3);
    await set('busy', recorded(WAV, { toneSeconds: 5 }), { query: '?language=de' });
    const busy = (await all()).filter(({ kind }) => kind === 'busy');
    expect(
      busy.map(({ language, durationMs }) => [language, Math.round(durationMs / SECONDS)]),
    ).toEqual([
      [null, 2],
      ['de', 5],
    ]);
    expect((await ana.rest('DELETE', '/greetings/busy?language=de')).status).toBe(204);
    expect((await ana.rest('DELETE', '/greetings/busy?language=de')).status).toBe(404);
    expect((await ana.rest('GET', '/greetings/busy?language=de')).status).toBe(404);
    expect((await ana.rest('GET', '/greetings/busy')).status).toBe(200);
  });

  test('ends if it is a temporary one, and no other does', async () => {
    const until = (ms: number) => ({ query: `?until=${new Date(Date.now() + ms).toISOString()}` });
    const sound = recorded(WAV);
    expect((await set('temporary', sound, until(60_000))).status).toBe(200);
    const greeting = await ana.read<Greeting>('/greetings/temporary');
    expect(greeting.expired).toBe(false);
    expect(Date.parse(greeting.until!)).toBeGreaterThan(Date.now());
    expect(await problemOf(await set('temporary', sound))).toEqual([
      400,
      'A temporary greeting has to end.',
    ]);
    expect(await problemOf(await set('temporary', sound, until(-1_000)))).toEqual([
      400,
      'It would have ended already.',
    ]);
    expect(await problemOf(await set('busy', sound, until(60_000)))).toEqual([
      400,
      'Only a temporary greeting ends.',
    ]);
  });

  test('that has ended is played again, without being said again', async () => {
    const at = (ms: number): string => new Date(Date.now() + ms).toISOString();
    const [soon, later] = [at(1_000), at(86_400_000)];
    await set('temporary', recorded(WAV), { query: `?until=${soon}` });
    const over = await waitFor(
      'it has ended',
      () => ana.read<Greeting>('/greetings/temporary'),
      ({ expired }) => expired,
    );
    const change = (until: string | null, kind = 'temporary') =>
      ana.rest('PATCH', `/greetings/${kind}`, { until });
    expect(await problemOf(await change(soon))).toEqual([400, 'It would have ended already.']);
    expect(await problemOf(await change(null))).toEqual([400, 'A temporary greeting has to end.']);
    await set('busy', recorded(WAV));
    expect(await problemOf(await change(later, 'busy'))).toEqual([
      400,
      'Only a temporary greeting ends.',
    ]);
    expect((await change(later, 'name')).status).toBe(404);
    expect(await (await change(later)).json()).toEqual({ ...over, expired: false, until: later });
    expect(await ana.read('/greetings/temporary')).toMatchObject({ expired: false, until: later });
  });

  test('is refused with words when callers could not hear it', async () => {
    await ana.rest('DELETE', '/greetings/name');
    const refusals: [Buffer, string][] = [
      [recorded(WAV, { toneSeconds: 0.2 }), 'It is too short to be a greeting.'],
      [recorded(WAV, { db: -120 }), 'Nothing can be heard in it.'],
      [recorded(WAV, { toneSeconds: 65 }), 'A greeting lasts at most 60 seconds.'],
      [Buffer.from('RIFFxxxxWAVE, or so it says'), 'This is no sound that can be played here.'],
      [Buffer.alloc(0), 'This is no sound that can be played here.'],
      [
        Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n'),
        'This is no sound that can be played here.',
      ],
      [
        Buffer.from("ffconcat version 1.0\nfile '/etc/passwd'\n"),
        'This is no sound that can be played here.',
      ],
    ];
    for (const [sound, words] of refusals) {
      expect(await problemOf(await set('name', sound))).toEqual([400, words]);
    }
    expect((await ana.rest('GET', '/greetings/name')).status).toBe(404);
    const tooLarge = await set('name', Buffer.alloc(13 * 1024 * 1024));
    expect(tooLarge.status).toBe(413);
    const noSound = await ana.rest('PUT', '/greetings/name', { sound: 'hello' });
    expect(noSound.status).toBe(415);
  }, 60_000);
});

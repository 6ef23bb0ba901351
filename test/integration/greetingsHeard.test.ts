import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../server/base/Clock.ts';
import { readSound } from '../../server/media/readSound.ts';
import type { Greeting, GreetingKind } from '../../server/protocol/greetings.ts';
import { beeps } from '../support/fakeDevices.ts';
import { heardBy, oggOf } from '../support/heardBy.ts';
import { Peer } from '../support/peer.ts';
import { toneIn } from '../support/pitch.ts';
import { RawClient } from '../support/rawClient.ts';
import { heardCall, Somebody } from '../support/Somebody.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';

/** What a caller hears before the beep, as it comes to them through the worker, decoded. */

const TONES_HZ = { unavailable: 500, busy: 620, temporary: 740, name: 860, german: 1_240 };
const BEEP_HZ = 1_000;
const CANDIDATES_HZ = [...Object.values(TONES_HZ), BEEP_HZ];
const HOUR_MS = 3_600_000;

let running: RunningApp;
let ana: Somebody;
/** How far the server's clock is set forth. */
let shiftMs = 0;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  const clock = { ...systemClock, now: () => Date.now() + shiftMs };
  running = await startApp({}, { clock });
  ana = await Somebody.create(running, 'ana');
});
afterAll(() => running.close());
afterEach(async () => {
  shiftMs = 0;
  for (const close of closing.splice(0).toReversed()) await close();
  for (const { kind, language } of await greetings()) {
    const query = language === null ? '' : `?language=${language}`;
    await ana.rest('DELETE', `/greetings/${kind}${query}`);
  }
});

const greetings = async () => (await ana.read<{ items: Greeting[] }>('/greetings')).items;

const has = async (kind: GreetingKind, hz: number, query: Record<string, string> = {}) => {
  const response = await fetch(
    `${running.url}/api/v1/greetings/${kind}?${new URLSearchParams(query)}`,
    {
      method: 'PUT',
      headers: { cookie: ana.cookie, 'content-type': 'audio/wav' },
      body: new Uint8Array(beeps(hz)),
    },
  );
  expect(response.status).toBe(200);
};
const until = (ms: number) => ({ until: new Date(Date.now() + shiftMs + ms).toISOString() });

/** All packets that a caller hears until they are recorded. */
const heard = async (language?: string): Promise<Buffer[]> => {
  const client = await RawClient.open(running.url);
  closing.push(() => client.close());
  const { call } = await client.request('placeCall', { to: 'ana', name: 'Gus', video: false });
  const { message, admission } = await client.request('leaveMessage', {
    callId: call.id,
    ...(language !== undefined && { language }),
  });
  const { roomId: room, token } = admission;
  const peer = new Peer({ url: running.url, room, name: 'Gus', token });
  const packets = heardBy(peer);
  await peer.client.join();
  await client.told('messageChanged', ({ state }) => state === 'recording');
  await client.request('cancelMessage', { messageId: message.id });
  await peer.close();
  return [...packets];
};
const toneOf = async (packets: readonly Buffer[]) => toneIn(await oggOf(packets), CANDIDATES_HZ);
const heardTone = async (language?: string) => (await toneOf(await heard(language))).hz;

/** The packets of a sound that comes with the server. */
const shipped = async (path: string) => {
  const folder = new URL('../../server/media/sounds/', import.meta.url);
  return readSound(await readFile(new URL(path, folder)));
};
const beginsWith = (packets: readonly Buffer[], sound: readonly Buffer[]) =>
  Buffer.concat(packets).indexOf(Buffer.concat([...sound])) === 0;
const contains = (packets: readonly Buffer[], sound: readonly Buffer[]) =>
  Buffer.concat(packets).includes(Buffer.concat([...sound]));

/** Ana talks to somebody, and wants no second call. */
const talks = async () => {
  await ana.set({ callWaiting: false });
  const [anas, bobs] = [await ana.page(), await RawClient.open(running.url)];
  closing.push(
    () => anas.close(),
    () => bobs.close(),
  );
  const placed = await bobs.request('placeCall', { to: 'ana', name: 'Bob', video: false });
  await heardCall(anas, ({ id }) => id === placed.call.id);
  await anas.request('answerCall', { callId: placed.call.id });
};

describe('a caller hears', { timeout: 60_000 }, () => {
  test('a greeting of ours in their language, and then the beep', async () => {
    const hearsOurs = async (language: string | undefined, file: string) => {
      const [packets, ours] = await Promise.all([heard(language), shipped(file)]);
      expect([language, beginsWith(packets, ours)]).toEqual([language, true]);
      expect((await toneOf(packets.slice(ours.length))).hz).toBe(BEEP_HZ);
    };
    await Promise.all([
      hearsOurs(undefined, 'en/unavailable.ogg'),
      hearsOurs('fr', 'fr/unavailable.ogg'),
      hearsOurs('eo', 'en/unavailable.ogg'),
    ]);
  });

  test('what was recorded for everybody, or for those who speak their language', async () => {
    await has('unavailable', TONES_HZ.unavailable);
    await has('unavailable', TONES_HZ.german, { language: 'de' });
    await has('busy', TONES_HZ.busy);
    const [packets, german, french] = await Promise.all([
      heard(),
      heardTone('de'),
      heardTone('fr'),
    ]);
    const { hz, toMs } = await toneOf(packets);
    expect(hz).toBe(TONES_HZ.unavailable);
    expect((await toneOf(packets.slice(-20))).hz).toBe(BEEP_HZ);
    expect(toMs).toBeGreaterThan(2_500);
    expect([german, french]).toEqual([TONES_HZ.german, TONES_HZ.unavailable]);
  });

  test('a name, and then words of ours', async () => {
    await has('name', TONES_HZ.name);
    const packets = await heard('es');
    const ours = await shipped('es/afterName.ogg');
    expect(contains(packets, ours)).toBe(true);
    expect((await toneOf(packets.slice(0, 120))).hz).toBe(TONES_HZ.name);
  });

  test('that it is busy', async () => {
    await talks();
    expect(beginsWith(await heard('de'), await shipped('de/busy.ogg'))).toBe(true);
    await has('unavailable', TONES_HZ.unavailable);
    expect(await heardTone()).toBe(TONES_HZ.unavailable);
    await has('busy', TONES_HZ.busy);
    expect(await heardTone()).toBe(TONES_HZ.busy);
  });

  test('the temporary one until it ends, however the clock is set', async () => {
    await has('unavailable', TONES_HZ.unavailable);
    await has('temporary', TONES_HZ.temporary, until(HOUR_MS));
    const expired = async () => (await ana.read<Greeting>('/greetings/temporary')).expired;
    expect(await heardTone()).toBe(TONES_HZ.temporary);
    expect(await expired()).toBe(false);
    shiftMs = 2 * HOUR_MS;
    expect(await heardTone()).toBe(TONES_HZ.unavailable);
    expect(await expired()).toBe(true);
    shiftMs = -2 * HOUR_MS;
    expect(await heardTone()).toBe(TONES_HZ.temporary);
    expect(await expired()).toBe(false);
  });
});

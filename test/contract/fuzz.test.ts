import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLOSE_CODE } from '../../server/protocol/errors.ts';
import { clientRequests } from '../../server/protocol/signaling.ts';
import { RawClient } from '../support/rawClient.ts';
import { camera, dtlsParameters, microphone } from '../support/rtp.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';

/**
 * Thousands of frames that are nearly right. Each connection ends with an answer to its last ping
 * or with a documented close code, and the process and its worker are the same at the end.
 */

const TIME_LIMIT_MS = 12_000;
const CLOSES: ReadonlySet<number> = new Set(Object.values(CLOSE_CODE));

let running: RunningApp;
let pid: number;
let visits = 0;
const rejections: unknown[] = [];
const onRejection = (reason: unknown) => rejections.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', onRejection);
  running = await startApp();
  [pid] = running.app.pool.pids as [number];
});
afterAll(async () => {
  await running.close();
  process.off('unhandledRejection', onRejection);
});

const poison = fc.constantFrom<unknown>(
  null,
  true,
  -1,
  0,
  1e308,
  4_294_967_296,
  0.1,
  '',
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
  'x'.repeat(5_000),
  [],
  {},
  [[]],
  { __proto__: null, toString: 1 },
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
);

/** One place of a value, somewhere in its depth, is something else, is doubled or is gone. */
const mutate = (value: unknown, path: readonly number[], change: unknown): unknown => {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return change;
  const entries = Object.entries(value);
  if (entries.length === 0) return change;
  const [key, inner] = entries[step % entries.length]!;
  const changed =
    rest.length === 0 && change === undefined
      ? entries.filter(([name]) => name !== key)
      : entries.map(([name, old]) => [name, name === key ? mutate(inner, rest, change) : old]);
  return Array.isArray(value)
    ? changed.map(([, item]) => item as unknown)
    : Object.fromEntries(changed);
};

const id = '01234567-89ab-4cde-8f01-23456789abcd';

/** Frames that are right, for a participant of this media session. */
const grammar = (session: { send: { id: string }; rtpCapabilities: object }) => {
  const transportId = session.send.id;
  return [
    ['join', { room: 'fuzz', name: 'F', token: 'a.b.c', ownerSecret: 'x'.repeat(43) }],
    ['resume', { resumeToken: 'x'.repeat(43) }],
    ['receive', { rtpCapabilities: session.rtpCapabilities }],
    ['connectTransport', { transportId, dtlsParameters: dtlsParameters() }],
    ['restartIce', { transportId }],
    ['publish', microphone()],
    ['publish', camera()],
    ['publish', { ...camera(), source: 'screen' }],
    ['unpublish', { trackId: id }],
    ['pauseTrack', { trackId: id, paused: true }],
    ['setView', { tiles: [{ trackId: id, width: 640, height: 360 }] }],
    ['updateRoom', { locked: false, listed: false }],
    ['removeParticipant', { participantId: `part_${id}` }],
    ...Object.keys(clientRequests).map((method) => [method, {}]),
  ].map(([method, data], index) => ({ request: true, id: 1_000_000 + index, method, data }));
};

const strikeWith = fc.record({
  frame: fc.nat(),
  path: fc.array(fc.nat(20), { minLength: 1, maxLength: 7 }),
  change: fc.option(fc.oneof(poison, fc.jsonValue()), { nil: undefined }),
});

/** The grammar's frames are answered outside the client's own ids: it need not know them. */
const play = async (
  moves: readonly { frame: number; path: number[]; change: unknown }[],
): Promise<number> => {
  const client = await RawClient.open(running.url);
  const { media } = await client.request('join', { room: `fuzz-${visits++ >> 5}`, name: 'F' });
  const frames = grammar(media);
  client.lenient = true;
  for (const { frame, path, change } of moves) {
    client.send(mutate(frames[frame % frames.length], path, change));
  }
  const end = await Promise.race([
    client.request('ping', {}).then(
      () => 0,
      async () => (await client.closed).code,
    ),
    client.closed.then(({ code }) => code),
  ]);
  await client.close();
  return end;
};

test('mutated frames get an answer or a documented close', async () => {
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(strikeWith, { minLength: 4, maxLength: 24 }), async (moves) => {
      sent += moves.length;
      const end = await play(moves);
      expect(end === 0 || CLOSES.has(end), `closed with ${end}`).toBe(true);
    }),
    { numRuns: 400, interruptAfterTimeLimit: TIME_LIMIT_MS, markInterruptAsFailure: false },
  );
  expect(sent).toBeGreaterThan(100);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  expect(running.app.pool.pids).toEqual([pid]);
  expect(rejections).toEqual([]);
  await RawClient.join(running.url, 'after');
});

test('any text at all gets an answer or a documented close', async () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.string({ maxLength: 3 }));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (texts) => {
      const client = await RawClient.open(running.url);
      for (const each of texts) client.send(each);
      const end = await Promise.race([
        client.settled().then(
          () => 0,
          async () => (await client.closed).code,
        ),
        client.closed.then(({ code }) => code),
      ]);
      await client.close();
      expect(end === 0 || end === CLOSE_CODE.protocol, `closed with ${end}`).toBe(true);
    }),
    { numRuns: 200, interruptAfterTimeLimit: TIME_LIMIT_MS, markInterruptAsFailure: false },
  );
  expect(rejections).toEqual([]);
});

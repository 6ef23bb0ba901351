import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { RawClient } from '../support/rawClient.ts';
import { maskedFrame, RawSocket, type Opening } from '../support/rawSocket.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';

/** Whatever a client sends: the others notice nothing, and the next one is served. */

let running: RunningApp;
let bystanders: RawClient[];
let visits = 0;

beforeAll(async () => {
  running = await startApp();
  const enter = (name: string) => RawClient.join(running.url, 'bystanders', { name });
  bystanders = [(await enter('Ann')).client, (await enter('Ben')).client];
  await bystanders[0]!.told('participantJoined');
});
afterAll(() => running.close());

// oxlint-disable vitest/no-standalone-expect -- after every test, whatever it did
afterEach(async () => {
  const visit = await RawClient.join(running.url, `visit-${++visits}`);
  await visit.client.close();
  await Promise.all(bystanders.map((client) => client.settled()));
  expect(bystanders[0]!.notifications).toHaveLength(1);
  expect(bystanders[1]!.notifications).toHaveLength(0);
});
// oxlint-enable vitest/no-standalone-expect

const open = () => RawClient.open(running.url);
const openRaw = async (): Promise<RawSocket> => (await RawSocket.open(running.url)).raw;
const ping = '{"request":true,"id":1,"method":"ping"}';

describe('a frame that is no message', () => {
  test.each<[what: string, frame: string]>([
    ['not JSON', 'hello'],
    ['an empty one', ''],
    ['an array', '[]'],
    ['null', 'null'],
    ['a number', '1e999'],
    ['JSON 30,000 deep', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['an open end 60,000 deep', '{"a":'.repeat(12_000)],
    ['no method', '{"request":true,"id":1}'],
    ['an id out of range', '{"request":true,"id":4294967296,"method":"ping"}'],
    ['a key too many', '{"request":true,"id":1,"method":"ping","admin":true}'],
    ['__proto__', '{"request":true,"id":1,"method":"ping","__proto__":{"data":1}}'],
    ['a notification', '{"notification":true,"method":"participantLeft","data":{}}'],
    ['a request that is none', '{"request":false,"id":1,"method":"ping"}'],
  ])('%s: the third closes with 4400', async (_, frame) => {
    const client = await open();
    client.send(frame);
    client.send(frame);
    await client.settled();
    client.send(frame);
    expect(await client.closed).toMatchObject({ code: 4400 });
  });

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'Join', 'join ', 'admin'])(
    'the method %s is a bad request',
    async (method) => {
      const client = await open();
      const asked = client.requestAnything(method, {});
      await expect(asked).rejects.toMatchObject({ code: 'bad_request' });
      await client.close();
    },
  );

  test('malformed data counts as well: the third closes, answered all the same', async () => {
    const client = await open();
    for (let strike = 0; strike < 3; strike += 1) {
      const asked = client.requestAnything('join', { name: 1 });
      await expect(asked).rejects.toMatchObject({ code: 'bad_request' });
    }
    expect(await client.closed).toMatchObject({ code: 4400 });
  });

  test('a deep value inside a good frame is a bad request', async () => {
    const client = await open();
    const data = '['.repeat(25_000) + ']'.repeat(25_000);
    client.send(`{"request":true,"id":4000,"method":"ping","data":${data}}`);
    expect(await client.answerTo(4000)).toMatchObject({ ok: false, errorReason: 'bad_request' });
    await client.close();
  });

  test('answers to nothing are ignored', async () => {
    const client = await open();
    client.send({ response: true, id: 77, ok: true, data: {} });
    client.send({ response: true, id: 78, ok: false, errorCode: 500, errorReason: 'x' });
    await expect(client.request('ping', {})).resolves.toEqual({});
    await client.close();
  });
});

describe('what the socket itself does not allow', () => {
  test('binary: 1003', async () => {
    const client = await open();
    client.socket.send(Buffer.from(ping));
    expect(await client.closed).toMatchObject({ code: 1003 });
  });

  test('more than 64 KiB: 1009', async () => {
    const client = await open();
    client.send({ request: true, id: 1, method: 'ping', data: 'x'.repeat(64 * 1024) });
    expect(await client.closed).toMatchObject({ code: 1009 });
  });

  test('100 MiB announced: 1009 before the first byte of it', async () => {
    const raw = await openRaw();
    raw.write(Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0x06, 0x40, 0, 0, 1, 2, 3, 4]));
    expect(await raw.closeCode()).toBe(1009);
  });

  test('a message in fragments is a message', async () => {
    const raw = await openRaw();
    raw.write(maskedFrame(0x01, ping.slice(0, 10)));
    raw.write(maskedFrame(0x00, ping.slice(10, 20)));
    raw.write(maskedFrame(0x80, ping.slice(20)));
    expect(JSON.parse(await raw.message())).toMatchObject({ response: true, id: 1, ok: true });
    raw.destroy();
  });

  test('fragments without end: 1008 or 1009', async () => {
    const raw = await openRaw();
    raw.write(maskedFrame(0x01, '{'));
    const fragment = maskedFrame(0x00, ' ');
    for (let sent = 0; sent < 20; sent += 1) {
      raw.write(Buffer.concat(Array.from({ length: 5_000 }, () => fragment)));
    }
    expect([1008, 1009]).toContain(await raw.closeCode());
  });

  test.each<[what: string, bytes: Buffer, code: number]>([
    ['bad UTF-8', maskedFrame(0x81, Buffer.from([0xc3, 0x28])), 1007],
    ['half a character', maskedFrame(0x81, Buffer.from([0xf0, 0x9f, 0x98])), 1007],
    ['reserved bits', maskedFrame(0xc1, ping), 1002],
    ['all reserved bits', maskedFrame(0xf1, ping), 1002],
    ['a2 00', Buffer.from([0xa2, 0x00]), 1002],
    ['a reserved opcode', maskedFrame(0x83, ping), 1002],
    ['no mask', Buffer.concat([Buffer.from([0x81, ping.length]), Buffer.from(ping)]), 1002],
    ['a continuation of nothing', maskedFrame(0x80, ping), 1002],
    ['a ping in fragments', maskedFrame(0x09, ''), 1002],
    ['a ping too long', maskedFrame(0x89, 'x'.repeat(126)), 1002],
    ['a close code out of range', maskedFrame(0x88, Buffer.from([0xff, 0xff])), 1002],
    ['a close of one byte', maskedFrame(0x88, Buffer.from([0x03])), 1002],
  ])('%s', async (_, bytes, code) => {
    const raw = await openRaw();
    raw.write(bytes);
    expect(await raw.closeCode()).toBe(code);
  });

  test('silence: 4408', async () => {
    const client = await open();
    expect(await client.closed).toMatchObject({ code: 4408 });
  });

  test('a flood: 4429', async () => {
    const client = await open();
    for (let id = 0; id < 2_000; id += 1) client.send({ response: true, id, ok: true });
    expect(await client.closed).toMatchObject({ code: 4429 });
  });

  test('a flood of WebSocket pings is cut off, or answered in bounds', async () => {
    const raw = await openRaw();
    const pings = Buffer.concat(Array.from({ length: 5_000 }, () => maskedFrame(0x89, 'ping')));
    raw.write(pings);
    raw.write(maskedFrame(0x81, 'x'));
    raw.write(maskedFrame(0x81, 'x'));
    raw.write(maskedFrame(0x81, 'x'));
    expect([4400, 4429, 1006]).toContain(await raw.closeCode());
  });
});

describe('an upgrade', () => {
  test.each<[what: string, opening: Opening, statuses: number[]]>([
    ['without a key', { headers: { 'Sec-WebSocket-Key': undefined } }, [400]],
    ['with a bad key', { headers: { 'Sec-WebSocket-Key': 'short' } }, [400]],
    ['of an old version', { headers: { 'Sec-WebSocket-Version': '7' } }, [400, 426]],
    ['to another protocol', { headers: { Upgrade: 'h2c' } }, [400, 404, 426]],
    ['by POST', { method: 'POST', headers: { 'Content-Length': '0' } }, [400, 404, 405]],
    ['from a foreign page', { headers: { Origin: 'https://evil.example' } }, [403]],
    [
      'with 2,000 headers',
      { lines: Array.from({ length: 2_000 }, (_, n) => `X-${n}: 1234567`) },
      [400, 431],
    ],
    ['with a broken header', { lines: ['X-Bad\u0000: 1'] }, [400]],
  ])('%s is refused', async (_, opening, statuses) => {
    const { raw, status } = await RawSocket.open(running.url, opening);
    expect(statuses).toContain(status);
    raw.destroy();
  });

  test('elsewhere leads to nobody', async () => {
    const { raw, status } = await RawSocket.open(running.url, { path: '/api/v1/elsewhere' });
    const end = status === 101 ? await raw.closeCode() : status;
    expect([404, 1005]).toContain(end);
    raw.destroy();
  });

  test.each(['constructor', 'permessage-deflate; __proto__=1', 'permessage-deflate', ',,,;;='])(
    'with the extension %s gets no extension',
    async (extension) => {
      const { raw, head } = await RawSocket.open(running.url, {
        headers: { 'Sec-WebSocket-Extensions': extension },
      });
      expect(head).not.toMatch(/sec-websocket-extensions/i);
      raw.destroy();
    },
  );
});

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../server/protocol/ids.ts';
import type { RecordingRecord } from '../../server/recordings/RecordingRecord.ts';
import { aRecord } from '../support/aRecord.ts';
import { collectGarbage } from '../support/collectGarbage.ts';
import { ADMIN_KEY, httpOnly, type HttpOnly } from '../support/httpOnly.ts';
import { openFiles } from '../support/openFiles.ts';
import { shelve } from '../support/shelve.ts';
import { waitFor } from '../support/waitFor.ts';

/** Short, so that the test of it does not take a minute. */
const IDLE_MS = 1_000;
const DIGITS = Buffer.from('0123456789');
const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

let edge: HttpOnly;
let url: string;
let scratch: string;
let port: number;
beforeAll(async () => {
  edge = await httpOnly({ downloadIdleMs: IDLE_MS });
  url = await edge.app.listen({ host: '127.0.0.1', port: 0 });
  port = Number(new URL(url).port);
  scratch = mkdtempSync(join(tmpdir(), 'roomtone-downloads-'));
});
afterAll(async () => {
  const closed = edge.app.close();
  // Whoever broke off may have connected anew, without a word.
  edge.app.server.closeAllConnections();
  await closed;
  rmSync(scratch, { recursive: true, force: true });
});

const authorization = `Bearer ${ADMIN_KEY}`;
const pathOf = (record: RecordingRecord, rest = `files/${record.files[0]!.name}`) =>
  `/api/v1/recordings/${record.id}/${rest}`;
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(url + path, { method, headers: { authorization, ...headers } });
/** Recordings that this process has open. */
const openRecordings = (): string[] =>
  openFiles(edge.folder).filter((path) => path.includes('rec_'));
const allClosed = () =>
  waitFor('all files to be closed', openRecordings, (paths) => paths.length === 0);

/** What is said of the file, not of the connection. */
const contentOf = ({ headers }: Response) =>
  [...headers].filter(([name]) => !/^(date|connection|keep-alive)$/.test(name));

describe('a finished file', () => {
  let record: RecordingRecord;
  let etag: string;
  let lastModified: string;
  beforeAll(async () => {
    record = await shelve(edge, [{ content: DIGITS }], { title: 'Größe / 1' });
    etag = `"${sha256(DIGITS)}"`;
    const { mtime } = statSync(join(edge.folder, record.id, 'files', 'part-1-camera.webm'));
    lastModified = mtime.toUTCString();
  });

  it('is sent whole, and says all about itself', async () => {
    const response = await get(pathOf(record));
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'video/webm; codecs="vp8, opus"',
      'content-length': '10',
      'accept-ranges': 'bytes',
      etag,
      'last-modified': lastModified,
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
      'repr-digest': `sha-256=:${createHash('sha256').update(DIGITS).digest('base64')}:`,
      'content-disposition': `attachment; filename="Gro_e 1 2026-01-01 00.00 Ana.webm"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%201%202026-01-01%2000.00%20Ana.webm`,
    });
    expect(await response.text()).toBe('0123456789');
    const inline = await get(`${pathOf(record)}?disposition=inline`);
    expect(inline.headers.get('content-disposition')).toMatch(/^inline; filename=/);
    expect((await get(`${pathOf(record)}?disposition=evil`)).status).toBe(400);
  });

  it('answers HEAD as GET, without the bytes, whatever range', async () => {
    const whole = await get(pathOf(record));
    for (const headers of [{}, { range: 'bytes=2-3' }, { range: 'bytes=99-' }]) {
      const response = await get(pathOf(record), headers, 'HEAD');
      expect(response.status).toBe(200);
      expect(await response.text()).toBe('');
      expect(contentOf(response)).toEqual(contentOf(whole));
    }
    await allClosed();
  });

  it.each([
    ['bytes=0-0', '0', '0-0'],
    ['bytes=2-4', '234', '2-4'],
    ['bytes=7-', '789', '7-9'],
    ['bytes=-3', '789', '7-9'],
    ['bytes=-99', '0123456789', '0-9'],
    ['bytes=8-99999999999999999999', '89', '8-9'],
  ])('is sent in part: %s', async (range, content, sent) => {
    const response = await get(pathOf(record), { range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${sent}/10`);
    expect(response.headers.get('content-length')).toBe(String(content.length));
    expect(response.headers.get('etag')).toBe(etag);
    expect(await response.text()).toBe(content);
  });

  it.each(['bytes=0-1,3-4', 'bytes=', 'bytes=5-2', 'lines=1-2', 'bytes=--5', 'bytes=a-b'])(
    'is sent whole for %s',
    async (range) => {
      const response = await get(pathOf(record), { range });
      expect(response.status).toBe(200);
      expect(response.headers.has('content-range')).toBe(false);
      expect(await response.text()).toBe('0123456789');
    },
  );

  it.each(['bytes=10-', 'bytes=10-20', 'bytes=-0', 'bytes=18446744073709551616-'])(
    'has no bytes for %s',
    async (range) => {
      const response = await get(pathOf(record), { range });
      expect(response.status).toBe(416);
      expect(response.headers.get('content-range')).toBe('bytes */10');
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toMatchObject({ code: 'range_not_satisfiable', status: 416 });
    },
  );

  it('goes on only with what it was', async () => {
    const range = 'bytes=5-';
    for (const ifRange of [etag, lastModified]) {
      const response = await get(pathOf(record), { range, 'if-range': ifRange });
      expect([response.status, await response.text()]).toEqual([206, '56789']);
    }
    const others = ['"other"', `W/${etag}`, 'Thu, 01 Jan 1970 00:00:00 GMT', 'nonsense'];
    for (const ifRange of others) {
      const response = await get(pathOf(record), { range, 'if-range': ifRange });
      expect([response.status, await response.text()]).toEqual([200, '0123456789']);
    }
    const late = await get(pathOf(record), { range: 'bytes=99-', 'if-range': '"other"' });
    expect(late.status).toBe(200);
    await late.text();
  });

  it('is not sent to who has it', async () => {
    for (const headers of [
      { 'if-none-match': etag },
      { 'if-none-match': `"x", W/${etag}` },
      { 'if-modified-since': lastModified },
      { 'if-none-match': etag, range: 'bytes=99-' },
    ]) {
      for (const method of ['GET', 'HEAD']) {
        const response = await get(pathOf(record), headers, method);
        expect(response.status).toBe(304);
        expect(response.headers.get('etag')).toBe(etag);
        expect(await response.text()).toBe('');
      }
    }
    const changed = await get(pathOf(record), { 'if-none-match': '"x"' });
    expect(changed.status).toBe(200);
    await changed.text();
    await allClosed();
  });

  it('may be empty', async () => {
    const empty = await shelve(edge, [{ content: Buffer.alloc(0) }]);
    const response = await get(pathOf(empty));
    expect([response.status, await response.text()]).toEqual([200, '']);
    const part = await get(pathOf(empty), { range: 'bytes=0-' });
    expect(part.status).toBe(416);
    await part.text();
    await allClosed();
  });

  it('is not passed off for what it was when it is damaged', async () => {
    const damaged = await shelve(edge, [{ content: DIGITS }]);
    truncateSync(join(edge.folder, damaged.id, 'files', 'part-1-camera.webm'), 7);
    const response = await get(pathOf(damaged));
    expect(response.status).toBe(200);
    expect(response.headers.has('etag')).toBe(false);
    expect(response.headers.has('repr-digest')).toBe(false);
    expect(await response.text()).toBe('0123456');
  });

  it('goes through to its end though it is deleted meanwhile', async () => {
    const content = randomBytes(8 * 1024 * 1024);
    const doomed = await shelve(edge, [{ content }]);
    const response = await get(pathOf(doomed));
    const reader = response.body!.getReader();
    const chunks = [(await reader.read()).value!];
    expect((await get(`/api/v1/recordings/${doomed.id}`, {}, 'DELETE')).status).toBe(204);
    expect((await get(pathOf(doomed))).status).toBe(404);
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks.push(next.value);
    }
    expect(sha256(Buffer.concat(chunks))).toBe(doomed.files[0]!.sha256);
    expect(readdirSync(edge.folder)).not.toContain(doomed.id);
  });

  it.skipIf(!has('curl'))('goes on where curl was cut off', async () => {
    const content = randomBytes(24 * 1024 * 1024);
    const large = await shelve(edge, [{ content }]);
    const target = join(scratch, 'resumed.webm');
    const common = ['--silent', '--show-error', '--fail', '--output', target];
    const header = ['--header', `authorization: ${authorization}`, url + pathOf(large)];
    const curl = (...options: string[]) => spawn('curl', [...common, ...options, ...header]);
    const cut = curl('--limit-rate', '8M');
    const size = () => statSync(target, { throwIfNoEntry: false })?.size ?? 0;
    await waitFor('a part to have come', size, (bytes) => bytes > 2_000_000, { everyMs: 10 });
    cut.kill('SIGKILL');
    await once(cut, 'exit');
    const came = size();
    expect(came).toBeLessThan(content.length);
    const rest = curl('--continue-at', '-', '--write-out', '%{http_code} %{size_download}');
    const said = text(rest.stdout);
    const [code] = await once(rest, 'exit');
    expect(code).toBe(0);
    expect(await said).toBe(`206 ${content.length - came}`);
    expect(sha256(readFileSync(target))).toBe(sha256(content));
  });
});

describe('a file of a recording that runs', () => {
  const name = 'part-1-camera.webm';
  const participant = { id: newId('part'), name: 'Ana' };
  let record: RecordingRecord;
  let preview: string;
  beforeAll(async () => {
    record = aRecord({ state: 'recording', startedAt: edge.clock.now() });
    await edge.vault.create(record);
    await edge.store.put(record);
    mkdirSync(join(edge.folder, record.id, 'preview'));
    preview = join(edge.folder, record.id, 'preview', name);
    edge.finisher.previews = [{ name, participant, source: 'camera', type: 'video/webm' }];
  });

  it('is a snapshot of what there is, and another one the next time', async () => {
    const path = pathOf(record, `files/${name}`);
    edge.finisher.onPreview = () => writeFileSync(preview, '0123');
    const first = await get(path);
    expect(first.status).toBe(200);
    expect(first.headers.has('etag')).toBe(false);
    expect(first.headers.has('repr-digest')).toBe(false);
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect(first.headers.get('content-type')).toBe('video/webm');
    expect(first.headers.get('content-disposition')).toContain('Ana.webm');
    expect(await first.text()).toBe('0123');
    edge.finisher.onPreview = () => writeFileSync(preview, DIGITS);
    const range = await get(path, { range: 'bytes=3-' });
    expect(range.headers.get('content-range')).toBe('bytes 3-9/10');
    expect([range.status, await range.text()]).toEqual([206, '3456789']);
    const unchanged = await get(path, { 'if-none-match': '*' });
    expect([unchanged.status, await unchanged.text()]).toEqual([200, '0123456789']);
  });

  it('does not grow while it is sent', async () => {
    const content = randomBytes(8 * 1024 * 1024);
    edge.finisher.onPreview = () => writeFileSync(preview, content);
    const response = await get(pathOf(record, `files/${name}`));
    const reader = response.body!.getReader();
    const chunks = [(await reader.read()).value!];
    appendFileSync(preview, 'more');
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks.push(next.value);
    }
    expect(sha256(Buffer.concat(chunks))).toBe(sha256(content));
  });

  it('is told of without a size', async () => {
    const response = await get(`/api/v1/recordings/${record.id}`);
    expect(await response.json()).toMatchObject({
      state: 'recording',
      files: [
        {
          name,
          kind: 'track',
          participant,
          source: 'camera',
          bytes: null,
          sha256: null,
          url: pathOf(record, `files/${name}`),
        },
      ],
    });
    expect((await get(pathOf(record, 'files/other.webm'))).status).toBe(404);
    const archive = await get(pathOf(record, 'archive.zip'));
    expect([archive.status, await archive.json()]).toMatchObject([409, { code: 'wrong_state' }]);
  });
});

const inArchive = (path: string): Record<string, string> => {
  const program = `
import hashlib, json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
assert all(entry.compress_type == zipfile.ZIP_STORED for entry in archive.infolist())
print(json.dumps({n: hashlib.sha256(archive.read(n)).hexdigest() for n in archive.namelist()}))`;
  return JSON.parse(execFileSync('python3', ['-c', program, path], { encoding: 'utf8' })) as Record<
    string,
    string
  >;
};

describe('an archive', () => {
  const contents = [
    randomBytes(3_000_000),
    randomBytes(100_000),
    Buffer.from('hi'),
    Buffer.alloc(0),
  ];
  let record: RecordingRecord;
  beforeAll(async () => {
    const ana = { id: newId('part'), name: '../Ana:\u202e*' };
    record = await shelve(
      edge,
      [
        { content: contents[0]!, about: { participant: ana } },
        { content: contents[1]!, about: { name: 'part-2-camera.webm', participant: ana } },
        {
          content: contents[2]!,
          about: { name: 'chat.txt', kind: 'chat', participant: null, source: null },
        },
        {
          content: contents[3]!,
          about: { name: 'poster.jpg', kind: 'poster', participant: null, source: null },
        },
      ],
      { title: 'Größe' },
    );
  });

  it.skipIf(!has('python3'))('holds every file as it is, under names for people', async () => {
    const response = await get(pathOf(record, 'archive.zip'));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(response.headers.get('content-disposition')).toContain(
      `filename="Gro_e 2026-01-01 00.00.zip"`,
    );
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('content-length')).toBe(String(bytes.length));
    const path = join(scratch, 'archive.zip');
    writeFileSync(path, bytes);
    const folder = 'Größe 2026-01-01 00.00';
    expect(inArchive(path)).toEqual({
      [`${folder}/Ana.webm`]: sha256(contents[0]!),
      [`${folder}/Ana 2.webm`]: sha256(contents[1]!),
      [`${folder}/chat.txt`]: sha256(contents[2]!),
      [`${folder}/poster.jpg`]: sha256(contents[3]!),
    });
    await allClosed();
  });

  it.skipIf(!has('python3'))('foretells its size with hundreds of files, too', async () => {
    const files = Array.from({ length: 480 }, (_, n) => ({
      content: Buffer.from(`file ${n}`),
      about: { name: `part-${n}.webm` },
    }));
    const many = await shelve(edge, files, { title: 'x'.repeat(60) });
    const response = await get(pathOf(many, 'archive.zip'));
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('content-length')).toBe(String(bytes.length));
    const path = join(scratch, 'many.zip');
    writeFileSync(path, bytes);
    expect(Object.keys(inArchive(path))).toHaveLength(480);
  });

  it('answers HEAD with its size', async () => {
    const whole = await get(pathOf(record, 'archive.zip'));
    await whole.arrayBuffer();
    const head = await get(pathOf(record, 'archive.zip'), {}, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(whole.headers.get('content-length'));
    await allClosed();
  });

  it('breaks off when a file is not as it should be', async () => {
    const damaged = await shelve(edge, [{ content: DIGITS }]);
    truncateSync(join(edge.folder, damaged.id, 'files', 'part-1-camera.webm'), 7);
    const response = await get(pathOf(damaged, 'archive.zip'));
    await expect(response.arrayBuffer()).rejects.toThrow('terminated');
    await allClosed();
  });

  it('is closed when the client goes', async () => {
    const large = await shelve(edge, [{ content: randomBytes(24 * 1024 * 1024) }]);
    const abort = new AbortController();
    const response = await fetch(url + pathOf(large, 'archive.zip'), {
      headers: { authorization },
      signal: abort.signal,
    });
    await response.body!.getReader().read();
    await waitFor('the file to be open', openRecordings, (paths) => paths.length > 0);
    expect(openRecordings()).toHaveLength(1);
    abort.abort();
    await allClosed();
  });
});

/** What is let go but not yet collected is not counted. */
const held = (): number => {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
};

describe('readers', () => {
  // Kept to the end, so that its going is not taken for what a reader costs.
  const content = Buffer.alloc(64 * 1024 * 1024, 'x');
  let large: RecordingRecord;
  beforeAll(async () => {
    large = await shelve(edge, [{ content }]);
  });
  /** Asks, and reads nothing of the answer beyond its first bytes. */
  const ask = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `GET ${pathOf(large)} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n\r\n`,
    );
    await once(socket, 'readable');
    expect(String(socket.read(12))).toBe('HTTP/1.1 200');
    return socket;
  };

  it('that do not read cost next to nothing, and are cut off', async () => {
    const before = held();
    const sockets = await Promise.all(Array.from({ length: 50 }, ask));
    expect(openRecordings()).toHaveLength(50);
    let peak = 0;
    const look = () => {
      peak = Math.max(peak, held());
      return openRecordings();
    };
    await waitFor('all of them to be cut off', look, (paths) => paths.length === 0);
    // Both ends are in this process.
    expect((peak - before) / 50).toBeLessThan(1024 * 1024);
    for (const socket of sockets) socket.destroy();
  });

  it('that read slowly get all of it', async () => {
    const socket = await ask();
    const startedAt = performance.now();
    let bytes = 0;
    let pauses = 0;
    for await (const chunk of socket) {
      bytes += (chunk as Buffer).length;
      if (bytes > (pauses + 1) * 8 * 1024 * 1024) {
        pauses += 1;
        await delay(IDLE_MS / 4);
      }
      if (bytes >= content.length) break;
    }
    expect(performance.now() - startedAt).toBeGreaterThan(IDLE_MS);
    expect(bytes).toBeGreaterThanOrEqual(content.length);
  });
});

const askRaw = async (path: string): Promise<[number | undefined, string]> => {
  const asked = request({ port, host: '127.0.0.1', path, headers: { authorization } });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return [response.statusCode, await text(response)];
};

describe('paths that lead elsewhere', () => {
  const up = ['..', '%2e%2e', '.%2e', '%2E%2E', '%252e%252e', '..%00', '....', '..;'];
  const slash = ['/', '%2f', '%5c', '\\', '%252f', '%2F..%2F'];
  const odd = [
    'manifest.json%00.webm',
    '%00',
    'part-1-camera.webm%00',
    'part-1-camera.webm%20',
    'part-1-camera.webm%0a',
    'part-1-camera.webm/',
    'part-1-camera.webm::$DATA',
    'PART-1-CAMERA.WEBM',
    '.',
    '.part-1-camera.webm',
    '%EF%BC%8E%EF%BC%8E%2fmanifest.json',
    'C:%5cx.webm',
    '-rf.webm',
    `${'a'.repeat(90)}.webm`,
    'con.webm.',
    '~root.webm',
    '$HOME.webm',
    'a%c3%a4.webm',
  ];
  const paths = [...up.flatMap((dots) => slash.map((by) => `${dots}${by}manifest.json`)), ...odd];

  it('are not found, however they are written', async () => {
    const record = await shelve(edge, [{ content: DIGITS }]);
    expect(paths.length).toBeGreaterThan(40);
    for (const path of paths) {
      for (const base of [pathOf(record, 'files/'), '/api/v1/recordings/', '/api/v1/shares/']) {
        const [status, body] = await askRaw(base + path);
        expect([base + path, status]).toEqual([base + path, 404]);
        expect(body).not.toMatch(/"version"|root:/);
      }
    }
    expect((await askRaw(pathOf(record)))[0]).toBe(200);
  });
});

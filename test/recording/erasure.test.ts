import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordingResource } from '../../server/protocol/recordings.ts';
import { endLeftovers, KillableServer } from '../chaos/killServer.ts';
import { decodeRecording } from '../support/truth/decodeRecording.ts';
import { decodeMix } from '../support/truth/decodeRender.ts';
import { RecordingApi } from '../support/truth/RecordingApi.ts';
import { Taper } from '../support/truth/Taper.ts';
import { TruthPeer } from '../support/truth/TruthPeer.ts';
import { waitFor } from '../support/waitFor.ts';

/** Found nowhere by chance. */
const NAME = 'Zebulon';
const KILLS = Number(process.env['ERASE_KILLS'] ?? 2);
/** About what erasing takes. */
const LONGEST_MS = 120;

let origin: string;
let id: string;
let zebulon: string;
let before: RecordingResource;

/** A recording of two people and what was rendered of it, in a folder to be copied. */
beforeAll(async () => {
  origin = mkdtempSync(join(tmpdir(), 'roomtone-erase-'));
  const server = await KillableServer.start(origin);
  const peers: TruthPeer[] = [];
  try {
    for (const [name, n] of [
      ['Ana', 1],
      [NAME, 2],
    ] as const) {
      const peer = await TruthPeer.join({ url: server.url, room: 'erase', name, n });
      peers.push(peer);
      peer.peer.client.setView([]);
    }
    const api = new RecordingApi(server);
    const taper = await Taper.start(api, 'erase');
    await delay(4_000);
    await taper.stop();
    id = taper.id;
    const { participants } = await api.ready(id);
    const [ana, other] = participants.map(({ participantId }) => participantId);
    zebulon = other!;
    await api.render(id, { size: 'portrait' });
    await api.render(id, { layout: 'audio', without: [other!] });
    await api.render(id, { layout: 'single', person: ana! });
    await api.render(id, { layout: 'single', person: other! });
    await api.rendered(id);
    before = await api.get(id);
  } finally {
    for (const peer of peers) await peer.leave();
    await server.close();
  }
}, 120_000);
afterAll(() => rmSync(origin, { recursive: true, force: true }));

/** The server on a copy of what was recorded, and everything gone afterwards. */
const onCopy = async (act: (stage: Stage) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'roomtone-erased-'));
  cpSync(origin, folder, { recursive: true });
  const stage = { folder, server: await KillableServer.start(folder) };
  try {
    await act(stage);
  } finally {
    await stage.server.close();
    await endLeftovers(folder);
    rmSync(folder, { recursive: true, force: true });
  }
};

interface Stage {
  readonly folder: string;
  server: KillableServer;
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Where the person can still be found: by name in any file or file's name, by the content of a file. */
const tracesIn = (folder: string): string[] => {
  const doomed = before.files.filter((file) => file.participant?.id === zebulon);
  return filesBelow(folder).filter((path) => {
    const content = readFileSync(path);
    const sha256 = createHash('sha256').update(content).digest('hex');
    return (
      path.toLowerCase().includes(NAME.toLowerCase()) ||
      content.includes(NAME) ||
      content.includes(NAME.toLowerCase()) ||
      doomed.some((file) => file.sha256 === sha256)
    );
  });
};

/** Files that are not on disk as the recording says. */
const brokenIn = (folder: string, { files }: RecordingResource): string[] => {
  const place = join(folder, 'recordings', id, 'files');
  const listed = new Set(files.map(({ name }) => name));
  const unlisted = readdirSync(place).filter((name) => !listed.has(name));
  const broken = files.filter(({ name, sha256 }) => {
    const content = readFileSync(join(place, name));
    return createHash('sha256').update(content).digest('hex') !== sha256;
  });
  return [...unlisted, ...broken.map(({ name }) => name)];
};

const kindsOf = ({ files }: RecordingResource): string[] =>
  files.map(({ kind }) => kind).toSorted();

describe('somebody is erased from a recording', () => {
  it(
    'with the answer nothing of them is left, on disk or in the database',
    () =>
      onCopy(async ({ folder, server }) => {
        expect(tracesIn(folder)).not.toEqual([]);
        const receipt = await new RecordingApi(server).erase(id, zebulon);
        expect(tracesIn(folder)).toEqual([]);
        expect(receipt).toMatchObject({ recordingId: id, participantId: zebulon });
        expect(receipt.erasedAt).not.toBeNull();
        expect(JSON.stringify(receipt).toLowerCase()).not.toContain(NAME.toLowerCase());
        const gone = before.files.filter((file) => file.participant?.id === zebulon);
        const hashes = receipt.files.map(({ sha256 }) => sha256);
        expect(hashes).toEqual(expect.arrayContaining(gone.map(({ sha256 }) => sha256)));
      }),
    60_000,
  );

  it(
    'what the others share is made anew without them, and nothing else is touched',
    () =>
      onCopy(async ({ folder, server }) => {
        const api = new RecordingApi(server);
        await api.erase(id, zebulon);
        const after = await api.ready(id);
        expect(after.participants.map(({ name }) => name)).toEqual(['Ana']);
        const renders = await api.rendered(id);
        expect(renders.map(({ state, spec }) => [spec.layout, state])).toEqual([
          ['grid', 'ready'],
          ['audio', 'ready'],
          ['single', 'ready'],
        ]);
        const final = await api.get(id);
        expect(kindsOf(final)).toEqual(
          kindsOf({
            ...before,
            files: before.files.filter((file) => file.participant?.id !== zebulon),
          }),
        );
        expect(brokenIn(folder, final)).toEqual([]);
        expect(tracesIn(folder)).toEqual([]);
        // Of Ana's own track and what showed only her not a byte is another.
        for (const file of before.files.filter(({ participant }) => participant?.name === 'Ana')) {
          expect(final.files).toContainEqual(file);
        }
        const place = join(folder, 'recordings', id, 'files');
        const heard = new Set<number>();
        for (const name of ['recording.m4a', 'recording.mp3', 'recording.ogg']) {
          const { audio } = await decodeRecording(join(place, name));
          expect(audio?.beeps.length).toBeGreaterThan(1);
          for (const { n } of audio?.beeps ?? []) if (n !== undefined) heard.add(n);
        }
        expect(heard).toEqual(new Set([1]));
        const grid = renders.find(({ spec }) => spec.layout === 'grid')!;
        const { beeps } = await decodeMix(join(place, grid.file!), grid.kept);
        expect(new Set(beeps.map(({ n }) => n))).toEqual(new Set([1]));
      }),
    120_000,
  );

  it(
    'is asked for again: the same receipt; somebody unknown: 404; the last one: 409',
    () =>
      onCopy(async ({ server }) => {
        const api = new RecordingApi(server);
        const receipt = await api.erase(id, zebulon);
        expect(await api.erase(id, zebulon)).toEqual(receipt);
        expect(await api.erasures(id)).toEqual([receipt]);
        const unknown = zebulon.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
        await expect(api.erase(id, unknown)).rejects.toMatchObject({ status: 404 });
        const { participants } = await api.ready(id);
        await expect(api.erase(id, participants[0]!.participantId)).rejects.toMatchObject({
          status: 409,
          code: 'wrong_state',
        });
      }),
    60_000,
  );

  it(
    'comes back from a backup: erased again by the next start',
    () =>
      onCopy(async (stage) => {
        const { folder } = stage;
        const place = join('recordings', id);
        await new RecordingApi(stage.server).erase(id, zebulon);
        await new RecordingApi(stage.server).ready(id);
        await stage.server.close();
        rmSync(join(folder, place), { recursive: true });
        cpSync(join(origin, place), join(folder, place), { recursive: true });
        expect(tracesIn(folder)).not.toEqual([]);
        stage.server = await KillableServer.start(folder);
        const after = await new RecordingApi(stage.server).ready(id);
        expect(after.participants.map(({ name }) => name)).toEqual(['Ana']);
        expect(tracesIn(folder)).toEqual([]);
      }),
    60_000,
  );

  it(
    'the server is killed while somebody else reads the database: wholly gone at the next start',
    () =>
      onCopy(async (stage) => {
        const { folder } = stage;
        const reader = new Sqlite(join(folder, 'data', 'roomtone.db'), { readonly: true });
        reader.exec('begin');
        reader.prepare('select count(*) from recordings').get();
        const answer = new RecordingApi(stage.server).erase(id, zebulon).catch(() => undefined);
        const gone = before.files.filter(({ participant }) => participant?.id === zebulon);
        await waitFor(
          'their files are gone',
          () => readdirSync(join(folder, 'recordings', id, 'files')),
          (names) => !gone.some(({ name }) => names.includes(name)),
        );
        // Old pages can not go while they are read.
        await delay(500);
        await stage.server.kill('group');
        expect(await answer).toBeUndefined();
        reader.close();
        stage.server = await KillableServer.start(folder);
        await new RecordingApi(stage.server).ready(id);
        expect(tracesIn(folder)).toEqual([]);
      }),
    60_000,
  );

  it.for(Array.from({ length: KILLS }, (_, i) => i))(
    'the server is killed meanwhile (%i): they are wholly there or wholly gone',
    { timeout: 60_000 },
    () =>
      onCopy(async (stage) => {
        const { folder } = stage;
        const afterMs = Math.random() * LONGEST_MS;
        const answer = new RecordingApi(stage.server).erase(id, zebulon).then(
          () => true,
          () => false,
        );
        await delay(afterMs);
        await stage.server.kill('group');
        const answered = await answer;
        stage.server = await KillableServer.start(folder);
        const api = new RecordingApi(stage.server);
        const after = await api.ready(id);
        await api.rendered(id);
        const erased = (await api.erasures(id)).length > 0;
        // What was answered holds; otherwise it has happened as a whole, or not at all.
        expect(answered && !erased).toBe(false);
        expect(brokenIn(folder, await api.get(id))).toEqual([]);
        const [traces, files] = [tracesIn(folder), after.files];
        expect(erased ? traces : files).toEqual(erased ? [] : before.files);
      }),
  );
});

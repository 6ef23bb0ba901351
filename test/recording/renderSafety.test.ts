import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId, type RecordingId } from '../../server/protocol/ids.ts';
import type { RenderResource } from '../../server/protocol/renders.ts';
import { KillableServer } from '../chaos/killServer.ts';
import { shelveOnDisk } from '../support/shelveOnDisk.ts';
import { ffmpegBin } from '../support/truth/clip.ts';
import { decodeRecording } from '../support/truth/decodeRecording.ts';
import { waitFor } from '../support/waitFor.ts';

/** `RENDER_KILLS=20` for the long form. */
const KILLS = Number(process.env['RENDER_KILLS'] ?? 3);
const SECONDS = 20;

const ana = newId('part');
let folder: string;
let server: KillableServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roomtone-render-'));
  shelve(IDS.sound, film(['testsrc2=s=640x360:r=20', String(SECONDS)]));
  shelve(IDS.bomb, film(['color=gray:s=8192x8192:r=1', '1']));
  const broken = film(['testsrc2=s=640x360:r=20', '5']);
  // Everything but the head of the file.
  for (let i = 2_000; i < broken.length; i += 97) broken[i] = (i * 31) & 0xff;
  shelve(IDS.broken, broken);
  shelve(IDS.playlist, Buffer.from('#EXTM3U\n#EXTINF:5,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n'));
  server = await KillableServer.start(folder);
}, 120_000);
afterAll(async () => {
  await server.kill('group');
  rmSync(folder, { recursive: true, force: true });
});

const IDS = {
  sound: newId('rec'),
  bomb: newId('rec'),
  broken: newId('rec'),
  playlist: newId('rec'),
};

const film = ([source, seconds]: readonly [string, string]): Buffer => {
  const path = join(folder, 'film.webm');
  const input = `-f lavfi -i ${source} -f lavfi -i sine=440 -t ${seconds}`;
  const codecs = '-c:v libvpx -deadline realtime -cpu-used 16 -b:v 500k -c:a libopus -y';
  execFileSync(ffmpegBin(), [...`-v error ${input} ${codecs}`.split(' '), path]);
  return readFileSync(path);
};

const shelve = (id: RecordingId, content: Buffer): void => {
  const track = { id: ana, name: 'Ana', type: 'video/webm; codecs="vp8, opus"', content };
  shelveOnDisk(join(folder, 'recordings'), [track], { id, durationMs: SECONDS * 1000 });
};

const ask = async (method: string, path: string, body?: object) => {
  const response = await fetch(new URL(`/api/v1/recordings/${path}`, server.url), {
    method,
    headers: {
      authorization: `Bearer ${server.adminKey}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.status).toBeLessThan(300);
  return (await response.json()) as RenderResource;
};
const until = (id: RecordingId, renderId: string, isSo: (render: RenderResource) => boolean) =>
  waitFor('the render', () => ask('GET', `${id}/renders/${renderId}`), isSo, {
    timeoutMs: 120_000,
    everyMs: 50,
  });
const hasEnded = ({ state }: RenderResource): boolean => state === 'ready' || state === 'failed';

it(
  `is finished after the server was killed in the middle of it, ${KILLS} of ${KILLS} times`,
  { timeout: KILLS * 90_000 },
  async () => {
    for (let run = 0; run < KILLS; run += 1) {
      const { id } = await ask('POST', `${IDS.sound}/renders`, { fromMs: run * 10 });
      await until(IDS.sound, id, ({ progress }) => progress > ((run * 7) % KILLS) / KILLS / 1.5);
      await server.kill(run % 2 === 0 ? 'group' : 'alone');
      server = await KillableServer.start(folder);
      const { state, file } = await until(IDS.sound, id, hasEnded);
      expect(state).toBe('ready');
      const path = join(folder, 'recordings', IDS.sound, 'files', file!);
      const { video, audio } = await decodeRecording(path);
      expect(video?.complaints).toEqual([]);
      expect(video?.frames.length).toBeCloseTo((SECONDS - run / 100) * 30, -1);
      expect(audio?.endMs).toBeGreaterThan((SECONDS - 1) * 1000);
      expect(readdirSync(join(folder, 'recordings', IDS.sound, 'work'))).toEqual([]);
    }
  },
);

it.for(['bomb', 'broken', 'playlist'] as const)(
  'a hostile file (%s) harms nobody',
  { timeout: 120_000 },
  async (kind) => {
    const { id } = await ask('POST', `${IDS[kind]}/renders`, {});
    const { state, failure } = await until(IDS[kind], id, hasEnded);
    // Of broken frames what can be seen is shown; there may be none.
    expect(state).toBe(kind === 'broken' ? 'ready' : 'failed');
    expect(failure).toBe(
      kind === 'broken'
        ? null
        : 'The tracks could not be put together: one of them may be damaged.',
    );
    expect(await ask('GET', IDS[kind])).toMatchObject({ state: 'ready' });
  },
);

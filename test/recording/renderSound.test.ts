import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../server/protocol/ids.ts';
import { KillableServer } from '../chaos/killServer.ts';
import { shelveOnDisk } from '../support/shelveOnDisk.ts';
import { ffmpegBin } from '../support/truth/clip.ts';
import { RecordingApi } from '../support/truth/RecordingApi.ts';

/** One speaks very softly, then the other close to the microphone; then both are silent. */
const VOICES = [
  { name: 'Ana', hertz: 440, db: -30, fromS: 0, toS: 6 },
  { name: 'Ben', hertz: 660, db: -6, fromS: 6, toS: 12 },
] as const;
const SECONDS = 14;
const id = newId('rec');

let folder: string;
let server: KillableServer;
let path: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roomtone-sound-'));
  const tracks = VOICES.map((voice) => ({
    id: newId('part'),
    name: voice.name,
    type: 'audio/webm; codecs="opus"',
    content: tone(voice),
  }));
  shelveOnDisk(join(folder, 'recordings'), tracks, {
    id,
    durationMs: SECONDS * 1000,
    state: 'finishing',
  });
  server = await KillableServer.start(folder);
  const api = new RecordingApi(server);
  await api.ready(id);
  await api.render(id, { layout: 'audio' });
  const [render] = await api.rendered(id);
  path = join(folder, 'recordings', id, 'files', render!.file!);
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Silence but for its time. `db`: of its peaks, against the loudest that there is. */
const tone = ({ hertz, db, fromS, toS }: (typeof VOICES)[number]): Buffer => {
  const file = join(folder, `${hertz}.webm`);
  const shape = `volume='between(t,${fromS},${toS})*${10 ** (db / 20)}':eval=frame`;
  const wave = `aevalsrc=sin(2*PI*${hertz}*t):s=48000:d=${SECONDS},${shape}`;
  execFileSync(ffmpegBin(), ['-v', 'error', '-f', 'lavfi', '-i', wave, '-c:a', 'libopus', file]);
  return readFileSync(file);
};

/** Of a stretch of the render: LUFS, and dB of its highest peak. */
const measure = (fromS: number, toS: number): { lufs: number; peakDb: number } => {
  const args = `-hide_banner -nostats -ss ${fromS} -to ${toS} -i ${path} -af ebur128=peak=true -f null -`;
  const { stderr } = spawnSync(ffmpegBin(), args.split(' '), { encoding: 'utf8' });
  const [lufs, peakDb] = [/I:\s+(-?[\d.]+) LUFS\s+Thr/, /Peak:\s+(-?[\d.inf]+) dBFS/].map(
    (pattern) =>
      Number(
        pattern.exec(stderr.slice(stderr.indexOf('Summary')))?.[1]?.replace('inf', 'Infinity'),
      ),
  );
  return { lufs: lufs!, peakDb: peakDb! };
};

it.for(VOICES)('$name is as loud as people expect', ({ fromS, toS }) => {
  const { lufs, peakDb } = measure(fromS + 0.5, toS - 0.5);
  expect(Math.abs(lufs + 16)).toBeLessThan(1.5);
  expect(peakDb).toBeLessThan(-1);
});

it('what is silent stays silent', () => {
  const { peakDb } = measure(12.5, SECONDS);
  expect(peakDb).toBeLessThan(-60);
});

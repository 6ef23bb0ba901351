import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordingResource } from '../../server/protocol/recordings.ts';
import type { RenderLayout } from '../../server/protocol/renders.ts';
import { toRow, type Row } from './measure/result.ts';
import { peakOfChildren } from './measure/memory.ts';
import { sum } from './measure/statistics.ts';
import { RecordedCall } from './recording.ts';

const PEOPLE = [1, 4, 9, 16] as const;
const RECORDED_MS = 60_000;
/** The aim: a second, and so many times as long as copying takes. */
const ALLOWED = { seconds: 1, copies: 20 } as const;

/** From Stop to everybody's file, and to one video of all, for a minute of one to sixteen people. */
export const b5 = async (): Promise<Row[]> => {
  const rows: Row[] = [];
  for (const people of PEOPLE) rows.push(...(await measure(people)));
  return rows;
};

const measure = async (people: number): Promise<Row[]> => {
  // Rendering takes all cores that it can get.
  const call = await RecordedCall.start(people, 'all');
  try {
    const recording = await call.start();
    await delay(RECORDED_MS);
    const stoppedAt = performance.now();
    await call.stop(recording);
    const archived = await call.until(recording, (now) => tracks(now).length === people);
    const archivesS = (performance.now() - stoppedAt) / 1000;
    await call.until(recording, ({ state }) => state === 'ready');
    const allS = (performance.now() - stoppedAt) / 1000;
    const render = (layout: RenderLayout) =>
      peakOfChildren(call.side.host.pid, () => call.render(recording, { layout }));
    const one = await render('grid');
    const bytes = sum(tracks(archived).map((file) => file.bytes ?? 0));
    const copyS = await copySeconds(call, archived);
    const archives = toRow({
      id: 'B5',
      figure: `Stop to archives, a minute of ${people}`,
      unit: 's',
      ours: archivesS,
      yardstick: ALLOWED.seconds + ALLOWED.copies * copyS,
      aim: { atMost: 1 },
      notes: [
        `${(bytes / 1e6).toFixed(1)} MB; copied with fsync in ${(1000 * copyS).toFixed(0)} ms; ` +
          `the yardstick is ${ALLOWED.seconds} s + ${ALLOWED.copies} copies`,
        `all files (sound, peaks, poster, sums) after ${allS.toFixed(1)} s`,
      ],
    });
    const lengthS = RECORDED_MS / 1000;
    const composite = toRow({
      id: 'B5',
      figure: `One video (grid, 720p), a minute of ${people}`,
      unit: 's',
      ours: one.outcome,
      yardstick: lengthS,
      aim: { atMost: 1 },
      notes: [
        'the yardstick is the length of the recording',
        `${(one.peakKiB / 1024).toFixed(0)} MiB at most, in processes of its own`,
        `${(allS + one.outcome).toFixed(1)} s after Stop`,
      ],
    });
    const audio = await render('audio');
    const sound = toRow({
      id: 'B5',
      figure: `Sound alone, a minute of ${people}`,
      unit: 's',
      ours: audio.outcome,
      yardstick: lengthS / 30,
      aim: { atMost: 1 },
      notes: [
        'the yardstick is thirty times as fast as it was spoken',
        `${(audio.peakKiB / 1024).toFixed(0)} MiB at most`,
      ],
    });
    return [archives, composite, sound];
  } finally {
    await call.close();
  }
};

const tracks = ({ files }: RecordingResource) =>
  files.filter(({ kind, bytes }) => kind === 'track' && bytes !== null);

/** Writing the same bytes and syncing them, file by file. */
const copySeconds = async (call: RecordedCall, recording: RecordingResource): Promise<number> => {
  let seconds = 0;
  for (const file of tracks(recording)) {
    const bytes = await call.download(file);
    const startedAt = performance.now();
    const target = openSync(join(call.folder, file.name), 'w');
    writeSync(target, bytes);
    fsyncSync(target);
    closeSync(target);
    seconds += (performance.now() - startedAt) / 1000;
  }
  return seconds;
};

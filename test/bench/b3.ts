import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { CHROMIUM_FLAGS, chromiumBin } from '../support/browser.ts';
import type { ClientCalls } from './hosts/clients.ts';
import { HostProcess } from './hosts/HostProcess.ts';
import { startSide, type Side, type SideName } from './hosts/sides.ts';
import { encodePicture } from './load/ivf.ts';
import { toRow, type Row } from './measure/result.ts';
import { median, quantile } from './measure/statistics.ts';
import { bundleBarePage } from './page/bundle.ts';
import { observeJoin, type JoinMarks } from './page/observeJoin.ts';

const JOINS = 20;
const JOIN_TIMEOUT_MS = 20_000;
const PICTURE_SECONDS = 4;
const STEPS = ['socketOpen', 'joinReply', 'track', 'connected', 'firstFrame'] as const;

interface Room {
  readonly side: Side;
  readonly page: string;
  readonly clients: HostProcess<ClientCalls>;
  readonly joins: JoinMarks[];
}

/** Click on Join to the first remote frame, against mediasoup-client on a bare worker. */
export const b3 = async (): Promise<Row[]> => {
  const folder = mkdtempSync(joinPath(tmpdir(), 'roomtone-bench-'));
  const picture = joinPath(folder, 'picture.ivf');
  const rooms: Room[] = [];
  const browser = await chromium.launch({ executablePath: chromiumBin(), args: CHROMIUM_FLAGS });
  try {
    encodePicture(process.env['FFMPEG_BIN'] ?? 'ffmpeg', picture, PICTURE_SECONDS);
    const script = await bundleBarePage();
    for (const name of ['ours', 'bare'] as const) rooms.push(await open(name, picture, script));
    // The first of each is for warming up.
    for (let round = 0; round <= JOINS; round += 1) {
      for (const room of round % 2 === 0 ? rooms : rooms.toReversed()) {
        const marks = await joinOnce(browser, room.page);
        if (round > 0) room.joins.push(marks);
      }
    }
  } finally {
    await browser.close();
    for (const { clients, side } of rooms) {
      await clients.close();
      await side.host.close();
    }
    rmSync(folder, { recursive: true, force: true });
  }
  return rowsOf(rooms);
};

const open = async (name: SideName, picture: string, script: string): Promise<Room> => {
  const side = await startSide(name);
  const clients = await HostProcess.start<ClientCalls>('clients.ts', 'clients');
  await side.host.call('servePage', script);
  await clients.call('publish', name, side.url, picture);
  const { origin } = new URL(side.url.replace('ws:', 'http:'));
  return { side, clients, page: name === 'ours' ? `${origin}/r/bench` : origin, joins: [] };
};

/** A new visitor each time: nothing cached, but the page read and all it loads ahead loaded. */
const joinOnce = async (browser: Browser, url: string): Promise<JoinMarks> => {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
  try {
    await context.addInitScript(observeJoin);
    const page = await context.newPage();
    page.setDefaultTimeout(JOIN_TIMEOUT_MS);
    await page.goto(url);
    const name = page.getByRole('textbox', { name: 'Your name', exact: true });
    await page.getByRole('button', { name: 'Join', exact: true }).waitFor();
    if ((await name.count()) > 0) await name.fill('Bench');
    await page.waitForLoadState('networkidle');
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    const late = AbortSignal.timeout(JOIN_TIMEOUT_MS);
    const marks = await Promise.race([
      page.evaluate(() => globalThis.joinMarks),
      new Promise<never>((_, reject) => {
        late.addEventListener('abort', () => reject(new Error(`No picture on ${url}`)));
      }),
    ]);
    return marks as JoinMarks;
  } finally {
    await context.close();
  }
};

const rowsOf = ([ours, bare]: readonly Room[]): Row[] => {
  const times = (room: Room | undefined): number[] =>
    (room?.joins ?? []).map(({ click, firstFrame }) => firstFrame - click);
  const steps = (room: Room | undefined): string =>
    STEPS.map((step) => {
      const all = (room?.joins ?? []).map((marks) => marks[step] - marks.click);
      return `${step} ${median(all).toFixed(0)}`;
    }).join(', ');
  const row = (part: number, atMost: number): Row =>
    toRow({
      id: 'B3',
      figure: `join to first frame, p${Math.round(part * 100)}`,
      unit: 'ms',
      ours: quantile(times(ours), part),
      yardstick: quantile(times(bare), part),
      aim: { atMost },
      notes: [
        `${JOINS} joins each in Chromium without devices, one publisher of VP8 and Opus`,
        `ms after the click, ours: ${steps(ours)}`,
        `ms after the click, bare: ${steps(bare)}`,
      ],
    });
  return [row(0.5, 1.3), row(0.95, 1.5)];
};

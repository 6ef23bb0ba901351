import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { KillableServer } from '../chaos/killServer.ts';
import { CHROMIUM_FLAGS, chromiumBin } from '../support/browser.ts';
import { Somebody } from '../support/Somebody.ts';
import { waitFor } from '../support/waitFor.ts';
import { toRow, type Row } from './measure/result.ts';
import { median, quantile } from './measure/statistics.ts';
import { observeCall, type CallMarks } from './page/observeCall.ts';

const CALLS = 20;
const TONE_SECONDS = 60;
const WAIT = { timeoutMs: 20_000, everyMs: 20 } as const;

interface Call {
  /** From the click on Call to the dialog at the callee, ms. */
  readonly ring: number;
  /** From the click on Accept to the caller's voice. */
  readonly heard: number;
  /** From the click on Accept to the callee's voice, at the caller. */
  readonly answered: number;
  /** From the click on Join to the voice of who is in the room already. */
  readonly joined: number;
}

/** Click on Call to ringing, Accept to the first sound; against joining a room in the same browsers. */
export const b14 = async (): Promise<Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'roomtone-bench-'));
  const tone = join(folder, 'tone.wav');
  const sine = `sine=frequency=440:sample_rate=48000:duration=${TONE_SECONDS}`;
  execFileSync(process.env['FFMPEG_BIN'] ?? 'ffmpeg', [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    sine,
    tone,
  ]);
  const server = await KillableServer.start(folder);
  const browser = await chromium.launch({
    executablePath: chromiumBin(),
    args: [
      ...CHROMIUM_FLAGS,
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${tone}`,
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
  const calls: Call[] = [];
  try {
    // By turns: nobody may ring one person so often.
    const callees = [await Somebody.create(server, 'ana'), await Somebody.create(server, 'ben')];
    // The first is for warming up.
    for (let round = 0; round <= CALLS; round += 1) {
      const callee = callees[round % callees.length]!;
      const call = {
        ...(await callOnce(browser, server.url, callee)),
        ...(await joinOnce(browser, server.url)),
      };
      if (round > 0) calls.push(call);
    }
  } finally {
    await browser.close();
    await server.kill('group');
    rmSync(folder, { recursive: true, force: true });
  }
  return rowsOf(calls);
};

const open = async (
  browser: Browser,
  path: string,
  cookie?: { name: string; value: string; url: string },
): Promise<[BrowserContext, Page]> => {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
  if (cookie) await context.addCookies([cookie]);
  await context.addInitScript(observeCall);
  const page = await context.newPage();
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  return [context, page];
};

const marksOf = (page: Page): Promise<Partial<CallMarks>> =>
  page.evaluate(() => globalThis.callMarks);
const marked = (page: Page, name: keyof CallMarks): Promise<unknown> =>
  waitFor(
    `the page marks ${name}`,
    async () => (await marksOf(page))[name] !== undefined,
    Boolean,
    WAIT,
  );
const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();
const since = (from: number | undefined, to: number | undefined): number =>
  (to ?? NaN) - (from ?? NaN);

const callOnce = async (
  browser: Browser,
  url: string,
  { name: user, cookie }: Somebody,
): Promise<Omit<Call, 'joined'>> => {
  const [name = '', value = ''] = cookie.split('=');
  const [home, callee] = await open(browser, url, { name, value, url });
  const [away, caller] = await open(browser, `${url}/call/${user}`);
  try {
    await caller.getByRole('textbox', { name: 'Your name', exact: true }).fill('Greta');
    await press(caller, 'Call');
    await marked(callee, 'ringing');
    await press(callee, 'Accept');
    await marked(callee, 'sound');
    await marked(caller, 'sound');
    const [there, here] = [await marksOf(callee), await marksOf(caller)];
    return {
      ring: since(here.click, there.ringing),
      heard: since(there.click, there.sound),
      answered: since(there.click, here.sound),
    };
  } finally {
    await away.close();
    await home.close();
  }
};

let rooms = 0;

const joinOnce = async (browser: Browser, url: string): Promise<Pick<Call, 'joined'>> => {
  const room = `${url}/r/bench-${(rooms += 1)}`;
  const enter = async (name: string): Promise<[BrowserContext, Page]> => {
    const [context, page] = await open(browser, room);
    await page.getByRole('textbox', { name: 'Your name', exact: true }).fill(name);
    await press(page, 'Join');
    await page.getByRole('button', { name: 'Leave', exact: true }).waitFor();
    return [context, page];
  };
  const [first] = await enter('Ana');
  const [second, page] = await enter('Greta');
  try {
    await marked(page, 'sound');
    const { click, sound } = await marksOf(page);
    return { joined: since(click, sound) };
  } finally {
    await second.close();
    await first.close();
  }
};

const rowsOf = (calls: readonly Call[]): Row[] => {
  const of = (name: keyof Call): number[] => calls.map((call) => call[name]);
  const row = (figure: string, name: keyof Call, part: number, atMost: number): Row =>
    toRow({
      id: 'B14',
      figure: `${figure}, p${Math.round(part * 100)}`,
      unit: 'ms',
      ours: quantile(of(name), part),
      yardstick: quantile(of('joined'), part),
      aim: { atMost },
      notes: [
        `${CALLS} calls in Chromium with a microphone; the yardstick is the click on Join to the first sound`,
        `at the caller the first sound comes ${median(of('answered')).toFixed(0)} ms after Accept`,
      ],
    });
  return [0.5, 0.95].flatMap((part) => [
    row('Call to ringing', 'ring', part, 0.5),
    row('Accept to first sound', 'heard', part, 1),
  ]);
};

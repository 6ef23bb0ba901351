import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { KillableServer } from '../chaos/killServer.ts';
import { Somebody } from '../support/Somebody.ts';
import { toRow, type Row } from './measure/result.ts';
import { median, quantile } from './measure/statistics.ts';
import {
  launchToneBrowser,
  marked,
  marksOf,
  openObserved,
  press,
  since,
} from './page/toneBrowser.ts';

const CALLS = 20;

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
  const server = await KillableServer.start(folder);
  const browser = await launchToneBrowser(folder);
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

const callOnce = async (
  browser: Browser,
  url: string,
  who: Somebody,
): Promise<Omit<Call, 'joined'>> => {
  const [home, callee] = await openObserved(browser, url, who);
  const [away, caller] = await openObserved(browser, `${url}/call/${who.name}`);
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
    const [context, page] = await openObserved(browser, room);
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

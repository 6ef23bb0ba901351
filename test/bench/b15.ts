import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { KillableServer } from '../chaos/killServer.ts';
import { Somebody } from '../support/Somebody.ts';
import { toRow, type Row } from './measure/result.ts';
import { quantile } from './measure/statistics.ts';
import {
  launchToneBrowser,
  marked,
  marksOf,
  openObserved,
  press,
  since,
} from './page/toneBrowser.ts';

const PICK_UPS = 20;
/** By turns: nobody may ring one person so often. */
const OWNERS = ['ana', 'ben', 'cem'] as const;
/** Both are to hear each other by then. */
const AIM_MS = 1_000;

interface PickUp {
  /** From the click on Pick up to the caller's voice at the owner's, ms. */
  readonly heard: number;
  /** To the owner's voice at the caller's. */
  readonly answered: number;
}

/** Click on Pick up to both hearing each other, against the second that it may take. */
export const b15 = async (): Promise<Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'roomtone-bench-'));
  const server = await KillableServer.start(folder);
  const browser = await launchToneBrowser(folder);
  const pickUps: PickUp[] = [];
  try {
    const owners: Somebody[] = [];
    for (const name of OWNERS) {
      const owner = await Somebody.create(server, name);
      await owner.set({ availability: 'doNotDisturb' });
      owners.push(owner);
    }
    // The first is for warming up.
    for (let round = 0; round <= PICK_UPS; round += 1) {
      const once = await pickUpOnce(browser, server.url, owners[round % owners.length]!);
      if (round > 0) pickUps.push(once);
    }
  } finally {
    await browser.close();
    await server.kill('group');
    rmSync(folder, { recursive: true, force: true });
  }
  return rowsOf(pickUps);
};

/** In the middle of the message, by somebody who has not listened to it before. */
const pickUpOnce = async (browser: Browser, url: string, who: Somebody): Promise<PickUp> => {
  const [home, owner] = await openObserved(browser, url, who);
  const [away, caller] = await openObserved(browser, `${url}/call/${who.name}`);
  try {
    await caller.getByRole('textbox', { name: 'Your name', exact: true }).fill('Greta');
    await press(caller, 'Call');
    await owner.getByText('They are speaking.').waitFor({ timeout: 20_000 });
    await press(owner, 'Pick up');
    await marked(owner, 'sound');
    await marked(caller, 'secondSound');
    const [here, there] = [await marksOf(owner), await marksOf(caller)];
    return {
      heard: since(here.click, here.sound),
      answered: since(here.click, there.secondSound),
    };
  } finally {
    await away.close();
    await home.close();
  }
};

const rowsOf = (pickUps: readonly PickUp[]): Row[] => {
  const both = pickUps.map(({ heard, answered }) => Math.max(heard, answered));
  const of = (name: keyof PickUp, part: number): string =>
    quantile(
      pickUps.map((one) => one[name]),
      part,
    ).toFixed(0);
  return [0.5, 0.95].map((part) =>
    toRow({
      id: 'B15',
      figure: `Pick up to both hearing each other, p${Math.round(part * 100)}`,
      unit: 'ms',
      ours: quantile(both, part),
      yardstick: AIM_MS,
      aim: { atMost: 1 },
      notes: [
        `${PICK_UPS} messages in Chromium with a microphone that plays a tone; the yardstick is one second`,
        `the owner hears the caller after ${of('heard', part)} ms, the caller the owner after ${of('answered', part)} ms`,
      ],
    }),
  );
};

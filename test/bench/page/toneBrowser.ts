import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, chromiumBin } from '../../support/browser.ts';
import type { Somebody } from '../../support/Somebody.ts';
import { waitFor } from '../../support/waitFor.ts';
import { observeCall, type CallMarks } from './observeCall.ts';

const TONE_SECONDS = 60;
const WAIT = { timeoutMs: 20_000, everyMs: 20 } as const;

/** A browser whose microphone plays a tone. */
export const launchToneBrowser = (folder: string): Promise<Browser> => {
  const tone = join(folder, 'tone.wav');
  const sine = `sine=frequency=440:sample_rate=48000:duration=${TONE_SECONDS}`;
  const ffmpeg = process.env['FFMPEG_BIN'] ?? 'ffmpeg';
  execFileSync(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', sine, tone]);
  return chromium.launch({
    executablePath: chromiumBin(),
    args: [
      ...CHROMIUM_FLAGS,
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${tone}`,
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
};

/** A page of its own that marks when what happens; of somebody, if they are signed in there. */
export const openObserved = async (
  browser: Browser,
  url: string,
  who?: Somebody,
): Promise<[BrowserContext, Page]> => {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
  const [name = '', value = ''] = who?.cookie.split('=') ?? [];
  if (who) await context.addCookies([{ name, value, url: new URL(url).origin }]);
  await context.addInitScript(observeCall);
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForLoadState('networkidle');
  return [context, page];
};

export const marksOf = (page: Page): Promise<Partial<CallMarks>> =>
  page.evaluate(() => globalThis.callMarks);

export const marked = (page: Page, name: keyof CallMarks): Promise<unknown> =>
  waitFor(
    `the page marks ${name}`,
    async () => (await marksOf(page))[name] !== undefined,
    Boolean,
    WAIT,
  );

export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

export const since = (from: number | undefined, to: number | undefined): number =>
  (to ?? NaN) - (from ?? NaN);

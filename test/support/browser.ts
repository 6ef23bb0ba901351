import { accessSync, constants } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { fakeDeviceFlags, type PictureFormat } from './fakeDevices.ts';
import { watchPage, type Complaints } from './instruments.ts';
import type { Persona } from './personas.ts';

/**
 * Devices of a browser: a persona's picture and beeps; permission refused; or whatever this machine
 * has, which is nothing on a server.
 */
export type Devices = Persona | 'denied' | 'none';

export interface BrowserOptions {
  readonly devices?: Devices;
  readonly picture?: PictureFormat;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly touch?: boolean;
  /** An origin that counts as secure although it is plain http and not localhost. */
  readonly secureOrigin?: string;
  /** A program to start in the browser's place: it hands its arguments on. */
  readonly wrapper?: string;
}

const VIEWPORT = { width: 1000, height: 700 };

/** What every Chromium of the tests and benchmarks starts with. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const chromiumBin = (): string => {
  const given = process.env['CHROMIUM_BIN'];
  if (given) return given;
  const found = candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!found) throw new Error('No Chromium: set CHROMIUM_BIN');
  return found;
};

const deviceFlags = ({ devices = 'none', picture }: BrowserOptions): string[] => {
  if (devices === 'none') return [];
  // Devices there are, but the person has said no.
  if (devices === 'denied')
    return ['--deny-permission-prompts', '--use-fake-device-for-media-stream'];
  return fakeDeviceFlags(devices, picture);
};

/** A browser process of its own with one page: fake devices belong to the process. */
export class TestBrowser {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong inside the pages. */
  readonly complaints: Complaints;
  readonly #browser: Browser;
  readonly #end: () => Promise<void>;
  readonly #kill: () => Promise<void>;

  static async launch(options: BrowserOptions = {}): Promise<TestBrowser> {
    const { viewport, colorScheme, touch, secureOrigin, wrapper } = options;
    const server = await chromium.launchServer({
      executablePath: wrapper ?? chromiumBin(),
      args: [
        ...CHROMIUM_FLAGS,
        ...deviceFlags(options),
        ...(secureOrigin ? [`--unsafely-treat-insecure-origin-as-secure=${secureOrigin}`] : []),
      ],
    });
    const browser = await chromium.connect(server.wsEndpoint());
    const context = await browser.newContext({
      viewport: viewport ?? VIEWPORT,
      ...(colorScheme && { colorScheme }),
      ...(touch && { hasTouch: true, isMobile: true }),
    });
    return TestBrowser.#open(context, browser, {
      end: () => browser.close(),
      kill: () => server.kill(),
    });
  }

  static async #open(
    context: BrowserContext,
    browser: Browser,
    ways: { end: () => Promise<void>; kill: () => Promise<void> },
  ): Promise<TestBrowser> {
    const complaints = await watchPage(context);
    const page = await context.newPage();
    return new TestBrowser({ browser, context, page, complaints, ...ways });
  }

  private constructor(parts: {
    browser: Browser;
    context: BrowserContext;
    page: Page;
    complaints: Complaints;
    end: () => Promise<void>;
    kill: () => Promise<void>;
  }) {
    this.#browser = parts.browser;
    this.context = parts.context;
    this.page = parts.page;
    this.complaints = parts.complaints;
    this.#end = parts.end;
    this.#kill = parts.kill;
  }

  /** Another one of the same person, with the same camera and microphone; it goes with this one. */
  async another(): Promise<TestBrowser> {
    const browser = this.#browser;
    return TestBrowser.#open(await browser.newContext({ viewport: VIEWPORT }), browser, {
      end: () => Promise.resolve(),
      kill: () => Promise.resolve(),
    });
  }

  /** SIGKILL to all its processes: no page says goodbye. */
  async kill(): Promise<void> {
    await this.#kill();
  }

  async close(): Promise<void> {
    // Pages first, so that they take their leave as pages do.
    await this.context.close().catch(() => {});
    await this.#end().catch(() => {});
    await this.#kill();
  }
}

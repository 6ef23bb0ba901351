import type { Locator, Page } from 'playwright-core';
import { TestBrowser, type BrowserOptions } from './browser.ts';
import type { Persona } from './personas.ts';
import { hearsNothingOf, hearsTone, look, seesPicture, type Sight } from './senses.ts';
import { waitFor, type WaitOptions } from './waitFor.ts';

/** A person at a browser, who finds things by role and name as people do. */
export class Visitor {
  readonly name: string;
  readonly browser: TestBrowser;
  readonly #url: string;

  /** Opens a browser; `url` is the server's. */
  static async come(url: string, name: string, options: BrowserOptions = {}): Promise<Visitor> {
    return new Visitor(url, name, await TestBrowser.launch(options));
  }

  /** A persona with their camera and microphone. */
  static comeAs(url: string, persona: Persona, options: BrowserOptions = {}): Promise<Visitor> {
    return Visitor.come(url, persona.name, { devices: persona, ...options });
  }

  /** The same person at another browser. */
  async another(): Promise<Visitor> {
    return new Visitor(this.#url, this.name, await this.browser.another());
  }

  private constructor(url: string, name: string, browser: TestBrowser) {
    this.#url = url;
    this.name = name;
    this.browser = browser;
  }

  get page(): Page {
    return this.browser.page;
  }

  /** Everybody in the room, tile by tile. */
  get participants(): Locator {
    return this.page.getByRole('list', { name: 'Participants', exact: true });
  }

  async openHome(): Promise<void> {
    await this.page.goto(this.#url);
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.#url + path);
  }

  async openRoom(room: string): Promise<void> {
    await this.page.goto(`${this.#url}/r/${room}`);
  }

  /** From the pre-join page into the call. */
  async join(): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Your name', exact: true }).fill(this.name);
    await this.press('Join');
    await this.isInTheCall();
  }

  async enter(room: string): Promise<void> {
    await this.openRoom(room);
    await this.join();
  }

  async rejoin(): Promise<void> {
    await this.press('Rejoin');
    await this.isInTheCall();
  }

  async isInTheCall(): Promise<void> {
    const end = this.page.getByRole('button', { name: /^(Leave|Hang up)$/ });
    await end.waitFor({ timeout: 15_000 });
    await this.tile(this.name).waitFor({ timeout: 15_000 });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async press(name: string): Promise<void> {
    await this.button(name).click({ timeout: 10_000 });
  }

  tile(name: string): Locator {
    return this.participants.getByRole('listitem', { name, exact: true });
  }

  video(name: string): Locator {
    return this.tile(name).getByLabel(name, { exact: true });
  }

  /** The screen that somebody shares. Null while there is none. */
  seesScreenOf(name: string): Promise<Sight | null> {
    return look(this.page.getByLabel(`${name}’s screen`, { exact: true }));
  }

  /** Names on the tiles, in their order. */
  names(): Promise<string[]> {
    return this.participants
      .getByRole('listitem')
      .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('aria-label') ?? ''));
  }

  /** Exactly these, each once. */
  async isWith(names: readonly string[], options?: WaitOptions): Promise<void> {
    const expected = [...names].toSorted().join();
    await waitFor(
      `${this.name} sees the tiles of ${names.join(', ')}`,
      () => this.names(),
      (seen) => seen.toSorted().join() === expected,
      options,
    );
  }

  sees(persona: Persona, options?: WaitOptions): Promise<Sight> {
    return this.#told(seesPicture(this.video(persona.name), persona, options));
  }

  /** The person's tile is there, without a picture. */
  async seesNoPictureOf(name: string, options?: WaitOptions): Promise<void> {
    await waitFor(
      `${this.name} sees the tile of ${name} without a picture`,
      async () => ({ tiles: await this.tile(name).count(), sight: await look(this.video(name)) }),
      ({ tiles, sight }) => tiles === 1 && sight?.visible !== true,
      options,
    );
  }

  hears(persona: Persona, options?: WaitOptions): Promise<void> {
    return this.#told(hearsTone(this.page, persona, options));
  }

  hearsNothingOf(persona: Persona, options?: WaitOptions): Promise<void> {
    return this.#told(hearsNothingOf(this.page, persona, options));
  }

  /** Sees and hears them. */
  async perceives(persona: Persona, options?: WaitOptions): Promise<void> {
    await Promise.all([this.sees(persona, options), this.hears(persona, options)]);
  }

  /** The red mark that says that the call is recorded. */
  get recordingMark(): Locator {
    return this.page.getByRole('button', { name: /^REC/ });
  }

  /** What the mark says: words, and the seconds that are safely on disk. Null while there is none. */
  async seesRecording(): Promise<{ words: string; seconds: number } | null> {
    const texts = await this.recordingMark.allInnerTexts();
    if (texts[0] === undefined) return null;
    const words = texts[0].replace(/\s+/g, ' ');
    const time = (/[\d:]+$/.exec(words)?.[0] ?? '').split(':').map(Number);
    return { words, seconds: time.reduce((total, part) => total * 60 + part, 0) };
  }

  /** The mark is on the screen, and nothing lies over it. */
  async recordingMarkIsInSight(): Promise<void> {
    await waitFor(`the mark is in ${this.name}'s sight`, () =>
      this.recordingMark.evaluate((mark) => {
        const { left, right, top, bottom } = mark.getBoundingClientRect();
        const inside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
        const middle = (top + bottom) / 2;
        const points = [left + 8, (left + right) / 2, right - 8];
        return inside && points.every((x) => mark.contains(document.elementFromPoint(x, middle)));
      }),
    );
  }

  /** A screen reader says this at once. */
  async isTold(words: string | RegExp, options?: WaitOptions): Promise<void> {
    await waitFor(
      `${this.name} is told ${String(words)}`,
      () => this.page.getByRole('alert').allInnerTexts(),
      (texts) =>
        texts.some((text) => (typeof words === 'string' ? text.includes(words) : words.test(text))),
      options,
    );
  }

  /** The keyboard is here. */
  async focuses(target: Locator): Promise<void> {
    await waitFor(`${this.name} has the focus on ${String(target)}`, () => isFocused(target));
  }

  /** Presses Tab until the keyboard is there. */
  async tabsTo(target: Locator): Promise<void> {
    await waitFor(
      `${this.name} gets to ${String(target)} with the Tab key`,
      async () => {
        await this.page.keyboard.press('Tab');
        return isFocused(target);
      },
      Boolean,
      { everyMs: 0, timeoutMs: 10_000 },
    );
  }

  /** Another tab in front, as the page is told of it: a browser without a screen never hides one. */
  async setHidden(hidden: boolean): Promise<void> {
    await this.page.evaluate(
      (state) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
        Object.defineProperty(document, 'hidden', {
          configurable: true,
          value: state === 'hidden',
        });
        document.dispatchEvent(new Event('visibilitychange'));
      },
      hidden ? 'hidden' : 'visible',
    );
  }

  /** No error and no violation of the CSP in any page so far. */
  hasNoComplaints(): void {
    const { complaints } = this.browser;
    if (complaints.length === 0) return;
    throw new Error(`${this.name}'s pages complain: ${complaints.splice(0).join('; ')}`);
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  async #told<T>(sense: Promise<T>): Promise<T> {
    try {
      return await sense;
    } catch (error) {
      throw new Error(`${this.name}: ${(error as Error).message}`, { cause: error });
    }
  }
}

const isFocused = (target: Locator): Promise<boolean> =>
  target.evaluateAll(([element]) => element !== undefined && element === document.activeElement);

import type { Locator, Page } from 'playwright-core';
import type { Visitor } from './Visitor.ts';
import { waitFor } from './waitFor.ts';

/** What a player does, read from its element. */
interface Playing {
  readonly seconds: number;
  readonly paused: boolean;
  readonly rate: number;
  readonly file: string;
}

/** The pages of recordings, as somebody uses them who came to watch. */
export class RecordingPage {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  get page(): Page {
    return this.#visitor.page;
  }

  get rows(): Locator {
    return this.page.getByRole('list', { name: 'Recordings', exact: true }).locator('> li');
  }

  get position(): Locator {
    return this.page.getByRole('slider', { name: 'Position' });
  }

  get watch(): Locator {
    return this.page.getByRole('combobox', { name: 'Watch' });
  }

  async openList(url: string): Promise<void> {
    await this.page.goto(`${url}/recordings`);
    await this.rows.first().waitFor();
  }

  /** As many as that are left over. */
  async search(text: string, count: number): Promise<void> {
    await this.page.getByRole('searchbox', { name: 'Search recordings' }).fill(text);
    await this.shows(count);
  }

  async shows(count: number): Promise<void> {
    await waitFor(
      `${count} recordings are listed`,
      () => this.rows.count(),
      (seen) => seen === count,
    );
  }

  /** Player, chart and downloads are there. */
  async isOpen(): Promise<void> {
    await this.page.getByRole('heading', { name: 'Who spoke when' }).waitFor();
    await this.page.getByRole('heading', { name: 'Download' }).waitFor();
    await waitFor('there is a first picture', () =>
      this.page.locator('video').evaluate((video: HTMLVideoElement) => video.readyState >= 2),
    );
  }

  look(): Promise<Playing> {
    return this.page.locator('video').evaluate((video: HTMLVideoElement) => ({
      seconds: video.currentTime,
      paused: video.paused,
      rate: video.playbackRate,
      file: new URL(video.currentSrc).pathname.split('/').at(-1) ?? '',
    }));
  }

  /** Frames come, one after another. */
  async plays(): Promise<void> {
    const first = await this.look();
    await waitFor(
      'it plays',
      () => this.look(),
      ({ seconds, paused }) => !paused && seconds > first.seconds + 0.5,
    );
  }

  async isAt(seconds: number, tolerance = 0.3): Promise<void> {
    await waitFor(
      `it is at ${seconds} s`,
      () => this.look(),
      (seen) => Math.abs(seen.seconds - seconds) < tolerance,
    );
  }

  async pause(): Promise<void> {
    if (!(await this.look()).paused) await this.#visitor.press('Pause');
    await this.#visitor.button('Play').waitFor();
  }
}

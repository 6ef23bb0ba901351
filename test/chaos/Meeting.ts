import type { BrowserOptions } from '../support/browser.ts';
import { ANA, BEN, CEM, type Persona } from '../support/personas.ts';
import { Visitor } from '../support/Visitor.ts';
import { waitFor } from '../support/waitFor.ts';
import { awaitReturn, type Return } from './returning.ts';

const ROOM = 'recovery';
/** Nobody waits longer for a conference to come back. */
const RETURN_LIMIT_MS = 30_000;
/** Small: what is measured is the way back, not the picture. */
const PICTURE = { width: 320, height: 180 };

export interface Seat {
  readonly persona: Persona;
  /** Where this person's browser finds the server. */
  readonly url: string;
  readonly options?: BrowserOptions;
}

/** Three people in a room who should stay three, whatever happens. */
export class Meeting {
  readonly #visitors: readonly Visitor[];
  #loadedAt: readonly number[] = [];

  /** `first` is where Ana sits, the others sit at `url`. */
  static async begin(url: string, first: Omit<Seat, 'persona'>, options?: BrowserOptions) {
    const seats: Seat[] = [
      { persona: ANA, ...first },
      { persona: BEN, url, ...(options && { options }) },
      { persona: CEM, url, ...(options && { options }) },
    ];
    const visitors = await Promise.all(
      seats.map((seat) =>
        Visitor.comeAs(seat.url, seat.persona, { picture: PICTURE, ...seat.options }),
      ),
    );
    const meeting = new Meeting(visitors);
    try {
      for (const visitor of visitors) await visitor.enter(ROOM);
      await meeting.isWhole();
      await meeting.settles();
    } catch (error) {
      await meeting.close();
      throw error;
    }
    return meeting;
  }

  private constructor(visitors: readonly Visitor[]) {
    this.#visitors = visitors;
  }

  /** Media flows between all of them, and nobody is told of a reconnection. */
  async settles(): Promise<void> {
    await waitFor(
      'nobody is reconnecting',
      () => this.#each(({ page }) => page.getByText('Reconnecting…').count()),
      (counts) => counts.every((count) => count === 0),
      { timeoutMs: RETURN_LIMIT_MS },
    );
    await this.returns({ since: 0, anew: false });
    this.#loadedAt = await this.#each(({ page }) =>
      page.evaluate(() => {
        window.instruments.comings.length = 0;
        return window.instruments.loadedAt;
      }),
    );
  }

  /** How many connections each page has had so far. */
  connections(): Promise<number[]> {
    return this.#each(({ page }) => page.evaluate(() => window.instruments.connections.length));
  }

  /**
   * Everybody hears and sees everybody again, from `since` on; the last of them decides. `before`
   * are the connections that no longer count.
   */
  async returns(fault: {
    since: number;
    anew: boolean;
    before?: readonly number[];
  }): Promise<{ mediaAt: number; lineAt: number }> {
    const others = this.#visitors.length - 1;
    const returns = await Promise.all(
      this.#visitors.map(({ page }, index) =>
        awaitReturn(page, {
          others,
          since: fault.since,
          newerThan: fault.anew ? (fault.before?.[index] ?? 0) : 0,
          limitMs: RETURN_LIMIT_MS,
        }),
      ),
    );
    const late = returns.flatMap((seen, index) =>
      seen.mediaAt === null || seen.lineAt === null ? [this.#describe(index, seen)] : [],
    );
    if (late.length > 0) {
      throw new Error(`Not back within ${RETURN_LIMIT_MS} ms: ${late.join('; ')}`);
    }
    return {
      mediaAt: Math.max(...returns.map(({ mediaAt }) => mediaAt!)),
      lineAt: Math.max(...returns.map(({ lineAt }) => lineAt!)),
    };
  }

  /** Everybody is there once, nobody came, went or was given up meanwhile, no page was loaded anew. */
  async isWhole(): Promise<void> {
    const names = this.#visitors.map(({ name }) => name);
    await Promise.all(this.#visitors.map((visitor) => visitor.isWith(names)));
  }

  async nothingElseHappened(): Promise<void> {
    await this.isWhole();
    const seen = await this.#each(({ page }) =>
      page.evaluate(() => ({
        comings: window.instruments.comings,
        loadedAt: window.instruments.loadedAt,
      })),
    );
    for (const [index, { comings, loadedAt }] of seen.entries()) {
      const { name } = this.#visitors[index]!;
      if (comings.length > 0) throw new Error(`${name} was told of ${comings.join(', ')}`);
      if (loadedAt !== this.#loadedAt[index]) throw new Error(`${name}'s page was loaded anew`);
    }
  }

  async close(): Promise<void> {
    await this.#each((visitor) => visitor.close());
  }

  #describe(index: number, seen: Return): string {
    const { name } = this.#visitors[index]!;
    const line = seen.lineAt === null ? 'no word of the server' : 'the server answers';
    return `${name} has ${seen.complete} others whole and ${seen.partial} in part, ${line}`;
  }

  #each<T>(look: (visitor: Visitor) => Promise<T>): Promise<T[]> {
    return Promise.all(this.#visitors.map(look));
  }
}

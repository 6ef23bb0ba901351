import type { Locator } from 'playwright-core';
import type { Visitor } from './Visitor.ts';
import { waitFor } from './waitFor.ts';

const NARROW = { width: 360, height: 740 };
const ROOMY = { width: 1000, height: 700 };

/** The pages of people, as somebody uses them. */
export class PeoplePages {
  readonly #visitor: Visitor;
  readonly #url: string;

  constructor(visitor: Visitor, url: string) {
    this.#visitor = visitor;
    this.#url = url;
  }

  get #page() {
    return this.#visitor.page;
  }

  async open(path: string): Promise<void> {
    await this.#page.goto(`${this.#url}${path}`);
  }

  /** A field to type in. */
  field(name: string, within: Locator = this.#page.locator('main')): Locator {
    return within.getByRole('textbox', { name, exact: true });
  }

  choice(name: string): Locator {
    return this.#page.getByRole('combobox', { name, exact: true });
  }

  switch(name: string): Locator {
    return this.#page.getByRole('switch', { name, exact: true });
  }

  /** A part of the page, by its heading. */
  part(name: string): Locator {
    return this.#page.getByRole('region', { name, exact: true });
  }

  list(name: string): Locator {
    return this.#page.getByRole('list', { name, exact: true });
  }

  heading(name: string): Locator {
    return this.#page.getByRole('heading', { level: 1, name, exact: true });
  }

  /** Who is signed in, at the end of the header. */
  account(displayName: string): Locator {
    const name = new RegExp(`^${displayName}( \\(|$)`);
    return this.#page.getByRole('navigation').getByRole('button', { name });
  }

  async signIn(userName: string, password: string): Promise<void> {
    await this.open('/signin');
    await this.field('User name').fill(userName);
    await this.field('Password').fill(password);
    await this.#visitor.press('Sign in');
    await this.account('.+?').waitFor();
  }

  /** In a list, top down. */
  async lists(name: string, rows: readonly RegExp[]): Promise<void> {
    await waitFor(
      `${name} are ${rows.join(' / ')}`,
      () => this.list(name).locator('> li').allInnerTexts(),
      (texts) => texts.length === rows.length && texts.every((text, i) => rows[i]?.test(text)),
    );
  }

  async says(words: string | RegExp): Promise<void> {
    await this.#page.getByText(words).first().waitFor();
  }

  /** Nothing is beside a narrow phone. Ends wide. */
  async fitsNarrow(): Promise<void> {
    await this.#page.setViewportSize(NARROW);
    const width = await this.#page.evaluate(() => document.documentElement.scrollWidth);
    if (width > NARROW.width) throw new Error(`the page is ${width} wide`);
    await this.#page.setViewportSize(ROOMY);
  }

  /** The server said no, as it should have; the browser's console tells of that as of an error. */
  wasRefused(status: number): void {
    const { complaints } = this.#visitor.browser;
    const rest = complaints.filter((one) => !one.includes(`status of ${status}`));
    if (rest.length === complaints.length) throw new Error(`no answer was ${status}`);
    complaints.splice(0, complaints.length, ...rest);
  }
}

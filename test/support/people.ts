import type { CallPlan } from '../../server/protocol/calls.ts';
import type { Person, PersonSettings, Presence } from '../../server/protocol/people.ts';
import type { RunningApp } from './startApp.ts';
import type { Visitor } from './Visitor.ts';
import { waitFor } from './waitFor.ts';

const PASSWORD = 'correct horse battery';

/** People of a running server, made and changed as its administrator does. */
export class TestPeople {
  readonly #app: RunningApp;

  constructor(app: RunningApp) {
    this.#app = app;
  }

  /** Their user name is the name in small letters. */
  async create(displayName: string): Promise<string> {
    const name = displayName.toLowerCase();
    await this.#send('POST', '/users', { name, displayName, password: PASSWORD });
    return name;
  }

  async settle(name: string, settings: Partial<PersonSettings>): Promise<void> {
    await this.#send('PATCH', `/users/${name}`, { settings });
  }

  async plan(name: string, plan: Partial<CallPlan>): Promise<void> {
    const whole: CallPlan = { rules: [], blocked: [], blockGuests: false, ...plan };
    await this.#send('PUT', `/users/${name}/call-plan`, whole);
  }

  /** Signs the visitor in, by their name; they can be called in that browser from now on. */
  async signIn(visitor: Visitor): Promise<void> {
    const userName = visitor.name.toLowerCase();
    await visitor.openHome();
    const status = await visitor.page.evaluate(
      async (body) => {
        const headers = { 'content-type': 'application/json' };
        return (await fetch('/api/v1/session', { method: 'POST', headers, body })).status;
      },
      JSON.stringify({ userName, password: PASSWORD }),
    );
    if (status !== 201) throw new Error(`${userName} could not sign in: ${status}`);
    await visitor.page.reload();
    // Sounds may be played from now on.
    await visitor.page.mouse.click(2, 2);
  }

  async presenceOf(name: string): Promise<Presence | null> {
    const person = (await this.#send('GET', `/users/${name}/presence`)) as Person;
    return person.presence;
  }

  /** They can be called: the server says so. */
  async isThere(name: string): Promise<void> {
    await waitFor(
      `${name} can be called`,
      () => this.presenceOf(name),
      (presence) => presence === 'online',
    );
  }

  async #send(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.#app.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#app.adminKey}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}

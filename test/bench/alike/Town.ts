import { newId } from '../../../server/protocol/ids.ts';
import type { CallPlan } from '../../../server/protocol/calls.ts';
import type { PersonSettings } from '../../../server/protocol/people.ts';
import { RawClient } from '../../support/rawClient.ts';
import type { RunningApp } from '../../support/startApp.ts';

/** Of each kind: so many that no name is tried often enough to be guarded. */
const KIND_SIZE = 40;
/** More: several questions ask for them. */
const ABSENT = 4 * KIND_SIZE;

/** Somebody with a room, a sign-in, a call and a password. */
interface Citizen {
  readonly name: string;
  readonly room: string;
  readonly call: string;
  readonly signIn: string;
}

/** People of a server that runs, and one who is nobody's friend. */
export class Town {
  readonly #running: RunningApp;
  readonly #pages: RawClient[] = [];
  readonly citizens: readonly Citizen[];
  readonly withoutPassword: readonly string[];
  /** Those whom no guest reaches, and why. */
  readonly unreachable: Readonly<
    Record<'offline' | 'blocking' | 'doNotDisturb', readonly string[]>
  >;
  /** Of a member who is in nothing of all that. */
  readonly cookie: string;

  static async create(running: RunningApp): Promise<Town> {
    const { accounts } = running.app.people;
    const kinds = {
      withoutPassword: names('nopassword'),
      offline: names('offline'),
      blocking: names('blocking'),
      doNotDisturb: names('busy'),
    };
    for (const name of Object.values(kinds).flat()) await accounts.create({ name });
    const citizens: Citizen[] = [];
    for (const name of names('citizen')) citizens.push(await citizen(running, name));
    const town = new Town(running, { ...kinds, citizens, cookie: await signIn(running, 'mia') });
    for (const name of kinds.blocking) await town.#page(name, { blockGuests: true }, {});
    for (const name of kinds.doNotDisturb) {
      await town.#page(name, {}, { availability: 'doNotDisturb' });
    }
    return town;
  }

  private constructor(
    running: RunningApp,
    {
      citizens,
      cookie,
      withoutPassword,
      ...unreachable
    }: Pick<Town, 'citizens' | 'cookie' | 'withoutPassword'> & Town['unreachable'],
  ) {
    this.#running = running;
    this.citizens = citizens;
    this.withoutPassword = withoutPassword;
    this.unreachable = unreachable;
    this.cookie = cookie;
  }

  async close(): Promise<void> {
    for (const page of this.#pages) await page.close();
  }

  /** A page of theirs is open, and would ring. */
  async #page(
    name: string,
    plan: Partial<CallPlan>,
    settings: Partial<PersonSettings>,
  ): Promise<void> {
    const { app, url } = this.#running;
    const account = await app.people.accounts.findByName(name);
    if (!account) throw new Error(`nobody is called ${name}`);
    await app.calls.plans.set(account, { rules: [], blocked: [], blockGuests: false, ...plan });
    await app.people.accounts.update(account.id, { settings });
    const page = await RawClient.open(url, { cookie: await signIn(this.#running, name) });
    await page.request('register', { active: true });
    this.#pages.push(page);
  }
}

const names = (kind: string): string[] =>
  Array.from({ length: KIND_SIZE }, (_, n) => `${kind}-${n}`);

const citizen = async ({ app }: RunningApp, name: string): Promise<Citizen> => {
  const { accounts, signIns } = app.people;
  const account = await accounts.create({ name, password: 'correct horse battery' });
  const { signIn: started } = await signIns.start(account, 'Lynx');
  const caller = { account, displayName: name };
  const { call } = await app.calls.service.place(caller, 'offline-0', false);
  return {
    name,
    room: app.rooms.create({ ownerId: account.id }).room.id,
    call: call.id,
    signIn: started.id,
  };
};

/** The cookie of somebody, who is made if there is nobody of that name. */
const signIn = async ({ app }: RunningApp, name: string): Promise<string> => {
  const { accounts, signIns } = app.people;
  const account = (await accounts.findByName(name)) ?? (await accounts.create({ name }));
  return `roomtone=${(await signIns.start(account, 'Lynx')).secret}`;
};

/** What is not there, of every kind. */
export const absent = (n: number): Citizen => ({
  name: `absent-${n % ABSENT}`,
  room: newId('room'),
  call: newId('call'),
  signIn: newId('signin'),
});

/** The nth of them, over and over. */
export const nth = <T>(all: readonly T[], n: number): T => {
  const one = all[n % all.length];
  if (one === undefined) throw new Error('none of them');
  return one;
};

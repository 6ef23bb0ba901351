import type { Guesser } from './Guesser.ts';
import { absent, nth, type Town } from './Town.ts';

/** Two things that a guesser shall not be able to tell apart by the time it takes to say no. */
export interface Question {
  readonly what: string;
  /** Milliseconds until the answer about the nth that is there, and that is not. */
  readonly there: (n: number) => Promise<number>;
  readonly absent: (n: number) => Promise<number>;
}

type Citizen = ReturnType<typeof absent>;

export const questionsOf = (guesser: Guesser, town: Town): Question[] => {
  const { cookie, citizens, withoutPassword, unreachable } = town;
  /** Somebody else's against nobody's, for who is signed in. */
  const foreign = (what: string, method: string, path: (of: Citizen) => string, body?: object) => {
    const ask = (of: Citizen): Promise<number> =>
      guesser.ask(method, path(of), { expected: 404, cookie, ...(body && { body }) });
    return {
      what,
      there: (n: number) => ask(nth(citizens, n)),
      absent: (n: number) => ask(absent(n)),
    };
  };
  const guess = (userName: string): Promise<number> => {
    const body = { userName, password: 'a wrong password' };
    return guesser.ask('POST', '/session', { expected: 401, body });
  };
  const guessing = (what: string, names: readonly string[]): Question => ({
    what,
    there: (n) => guess(nth(names, n)),
    absent: (n) => guess(absent(n).name),
  });
  const calling = (what: string, names: readonly string[]): Question => ({
    what,
    there: (n) => guesser.call(nth(names, n)),
    absent: (n) => guesser.call(absent(n).name),
  });
  const empty = { rules: [], blocked: [], blockGuests: false };
  return [
    foreign('account', 'GET', ({ name }) => `/users/${name}`),
    foreign('account, to change', 'PATCH', ({ name }) => `/users/${name}`, { displayName: 'X' }),
    foreign('sign-ins', 'GET', ({ name }) => `/users/${name}/sign-ins`),
    foreign('sign-in, to end', 'DELETE', (of) => `/users/${of.name}/sign-ins/${of.signIn}`),
    foreign('call plan', 'GET', ({ name }) => `/users/${name}/call-plan`),
    foreign('call plan, to change', 'PUT', ({ name }) => `/users/${name}/call-plan`, empty),
    foreign('calls', 'GET', ({ name }) => `/calls?user=${name}`),
    foreign('call', 'GET', ({ call }) => `/calls/${call}`),
    foreign('call, to end', 'POST', ({ call }) => `/calls/${call}/hang-up`),
    foreign('room, to look into', 'GET', ({ room }) => `/rooms/${room}/participants`),
    foreign('room, to record', 'POST', ({ room }) => `/rooms/${room}/recordings`),
    {
      what: 'presence, for nobody',
      there: (n) => guesser.ask('GET', presenceOf(nth(citizens, n)), { expected: 404 }),
      absent: (n) => guesser.ask('GET', presenceOf(absent(n)), { expected: 404 }),
    },
    guessing(
      'password',
      citizens.map(({ name }) => name),
    ),
    guessing('password, of who has none', withoutPassword),
    calling('guest calls who is offline', unreachable.offline),
    calling('guest calls who blocks guests', unreachable.blocking),
    calling('guest calls who is not to be disturbed', unreachable.doNotDisturb),
  ];
};

const presenceOf = ({ name }: Citizen): string => `/users/${name}/presence`;

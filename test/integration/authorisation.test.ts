import type { InjectOptions, LightMyRequestResponse as Response } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ASKERS } from '../support/guards/askers.ts';
import { Neighbourhood } from '../support/guards/Neighbourhood.ts';
import { fill, type Which } from '../support/guards/objects.ts';
import { CALLS, NOTICES, PEOPLE } from '../support/guards/peopleTable.ts';
import { OPERATIONS, RECORDINGS, ROOMS, type Answers } from '../support/guards/restTable.ts';
import { VOICEMAIL } from '../support/guards/voicemailTable.ts';
import { httpOnly, type HttpOnly } from '../support/httpOnly.ts';

/** Every route, asked by everybody for what is theirs, somebody else's, or not there. */

const TABLE: Readonly<Record<string, Answers>> = {
  ...ROOMS,
  ...RECORDINGS,
  ...PEOPLE,
  ...CALLS,
  ...NOTICES,
  ...VOICEMAIL,
  ...OPERATIONS,
};
const askers = Object.keys(ASKERS);
/** Whose rights end at nobody's door. */
const EVERYWHERE = new Set(['administrator', 'people:write', 'admin key']);
const PREFIX = '/api/v1';

let edge: HttpOnly;
let addresses = 0;

beforeAll(async () => {
  edge = await httpOnly({ config: { rooms: 'members' } });
});
afterAll(() => edge.app.close());

const settle = (): Promise<Neighbourhood> => Neighbourhood.create(edge);

/** Each from an address of its own: those who are wrong are counted. */
const ask = (options: InjectOptions): Promise<Response> => {
  addresses += 1;
  const remoteAddress = `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`;
  return edge.app.inject({ ...options, remoteAddress });
};

interface Told {
  readonly status: number;
  /** All that could tell one answer from another. */
  readonly words: string;
}

const toldBy = ({ statusCode, headers, body }: Response): Told => {
  const { date: _, ...others } = headers;
  return {
    status: statusCode,
    words: JSON.stringify({ others, body }).replaceAll(/urn:uuid:[\w-]+/g, ''),
  };
};

const methodOf = (route: string) => route.split(' ')[0] as 'GET';

const requestOf = async (route: string, row: string, here: Neighbourhood) => {
  const [, template = ''] = route.split(' ');
  const { body, query } = TABLE[route]!;
  const [which, within] = row.split('/') as [Which, Which?];
  const path = await fill(template, here, which, within);
  const payload = typeof body === 'function' ? await body(here, which) : body;
  const isOperators = ['/healthz', '/readyz', '/version'].includes(path);
  return {
    method: methodOf(route),
    url: `${isOperators ? '' : PREFIX}${path}${query?.(here, which) ?? ''}`,
    ...(payload && { payload }),
    headers: Buffer.isBuffer(payload) ? { 'content-type': 'audio/wav' } : {},
  };
};

/** What everybody is told, in the order of the columns. */
const answersTo = async (route: string, row: string): Promise<Told[]> => {
  const told: Told[] = [];
  let here = await settle();
  for (const asker of askers) {
    const headers = await ASKERS[asker]!(here);
    const request = await requestOf(route, row, here);
    const answer = toldBy(await ask({ ...request, headers: { ...request.headers, ...headers } }));
    if (request.method === 'GET') {
      const head = await ask({ ...request, method: 'HEAD', headers });
      expect([asker, 'HEAD', head.statusCode]).toEqual([asker, 'HEAD', answer.status]);
    }
    // Whoever was let in may have changed what the next one asks for.
    if (request.method !== 'GET' && answer.status < 400) here = await settle();
    told.push(answer);
  }
  return told;
};

const expectedOf = (answers: string | number): number[] => {
  if (typeof answers === 'number') return askers.map(() => answers);
  const statuses = answers.split(/\s+/).map(Number);
  expect(statuses).toHaveLength(askers.length);
  return statuses;
};

describe('who may do what, by route', () => {
  it('is written down for every route there is', async () => {
    interface Description {
      paths: Record<string, Record<string, { parameters?: { in: string }[] }>>;
    }
    const { paths } = (await ask({ url: `${PREFIX}/openapi.json` })).json<Description>();
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(PREFIX, '')}`),
    );
    const written = new Set(Object.keys(TABLE).map((key) => key.split(' ').slice(0, 2).join(' ')));
    expect([...written].toSorted()).toEqual(routes.toSorted());
  });

  it('is written down for what is there and what is not, within others too', () => {
    const missing = Object.entries(TABLE).flatMap(([route, { rows, query }]) => {
      const parameters = [...route.matchAll(/\{/g)].length;
      const needed = ['any'];
      if (parameters > 0 || query) needed.splice(0, 1, 'own', 'absent');
      if (parameters > 1) needed.push('own/foreign', 'own/absent');
      return needed.filter((row) => !(row in rows)).map((row) => `${route}: ${row}`);
    });
    expect(
      missing.filter((line) => !/^POST \/invitations\/(open|accept): any$/.test(line)),
    ).toEqual([]);
  });

  it.each(Object.keys(TABLE))('%s', async (route) => {
    const { rows } = TABLE[route]!;
    const answers: Record<string, Told[]> = {};
    for (const row of Object.keys(rows)) answers[row] = await answersTo(route, row);
    const wrong = Object.entries(rows).flatMap(([row, line]) =>
      expectedOf(line).flatMap((expected, at) => {
        const { status } = answers[row]![at]!;
        return status === expected ? [] : [`${row}, ${askers[at]}: ${status}, not ${expected}`];
      }),
    );
    expect(wrong).toEqual([]);
    for (const [row, absent] of [
      ['foreign', 'absent'],
      ['own/foreign', 'own/absent'],
    ] as const) {
      for (const [at, one] of (answers[row] ?? []).entries()) {
        const other = answers[absent]![at]!;
        // To whom it is open there is nothing to hide.
        if (one.status < 400 || one.status === 409) continue;
        if (one.status !== other.status && EVERYWHERE.has(askers[at]!)) continue;
        expect([askers[at], one]).toEqual([askers[at], other]);
      }
    }
  });
});

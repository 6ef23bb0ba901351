import type { Neighbourhood } from './Neighbourhood.ts';
import type { Which } from './objects.ts';

/**
 * Who is told what by each route. `own` is Olga's, `foreign` Fred's; `own/foreign` is something of
 * Fred's looked for in what is Olga's. `any` has no object. What follows the path sets two uses of one
 * route apart. A number stands for every column.
 */
export interface Answers {
  readonly body?: object | ((here: Neighbourhood, which: Which) => object | Promise<object>);
  readonly query?: (here: Neighbourhood, which: Which) => string;
  readonly rows: Readonly<Record<string, string | number>>;
}

const user = ({ own, foreign }: Neighbourhood, which: Which): string =>
  `?user=${{ own: own.owner.name, foreign: foreign.owner.name, absent: 'nobody-here' }[which]}`;

let counted = 0;
const newName = (): string => `new-${(counted += 1)}`;
const newUser = (role: string) => () => ({ name: newName(), password: 'a long enough one', role });

/** Nobody, and who was somebody once: | an expired key, cookies that are signed out, or of nobody. */
// prettier-ignore
export const ROOMS: Readonly<Record<string, Answers>> = {
  //                  who was somebody  in a room     account       key: rooms   recordings people   admin
  //                no  key out gone   other in  secr  mem own adm   read wri   read wri   read wri   key
  'GET /rooms': { rows: {
    any:           '200 401 200 200    401 401 401   200 200 200    200 200    200 200    200 200    200',
  } },
  'POST /rooms': { body: {}, rows: {
    any:           '401 401 401 401    401 401 401   201 201 201    403 201    403 403    403 403    201',
  } },
  'GET /rooms/{id}': { rows: {
    own: 200, foreign: 200, absent: 404,
  } },
  'PATCH /rooms/{id}': { body: { listed: false }, rows: {
    own:           '401 401 401 401    404 403 200   404 200 200    403 200    403 403    403 403    200',
    foreign:       '401 401 401 401    404 404 404   404 404 200    403 200    403 403    403 403    200',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 404    403 403    403 403    404',
  } },
  'DELETE /rooms/{id}': { rows: {
    own:           '401 401 401 401    404 403 204   404 204 204    403 204    403 403    403 403    204',
    foreign:       '401 401 401 401    404 404 404   404 404 204    403 204    403 403    403 403    204',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 404    403 403    403 403    404',
  } },
  'GET /rooms/{id}/participants': { rows: {
    own:           '401 401 401 401    404 403 200   404 200 200    200 403    403 403    403 403    200',
    foreign:       '401 401 401 401    404 404 404   404 404 200    200 403    403 403    403 403    200',
    absent:        '401 401 401 401    404 404 404   404 404 404    404 403    403 403    403 403    404',
  } },
  'DELETE /rooms/{id}/participants/{pid}': { rows: {
    own:           '401 401 401 401    404 403 204   404 204 204    403 204    403 403    403 403    204',
    'own/foreign': '401 401 401 401    404 403 404   404 404 404    403 404    403 403    403 403    404',
    'own/absent':  '401 401 401 401    404 403 404   404 404 404    403 404    403 403    403 403    404',
    foreign:       '401 401 401 401    404 404 404   404 404 204    403 204    403 403    403 403    204',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 404    403 403    403 403    404',
  } },
  'POST /rooms/{id}/tokens': { body: { identity: 'x' }, rows: {
    own:           '401 401 401 401    404 403 201   404 201 201    403 201    403 403    403 403    201',
    foreign:       '401 401 401 401    404 404 404   404 404 201    403 201    403 403    403 403    201',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 404    403 403    403 403    404',
  } },
  // Nobody is in it: who may record is told so.
  'POST /rooms/{id}/recordings': { rows: {
    own:           '401 401 401 401    404 403 409   404 409 409    403 403    403 409    403 403    409',
    foreign:       '401 401 401 401    404 404 404   404 404 409    403 403    403 409    403 403    409',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    403 404    403 403    404',
  } },
};

// prettier-ignore
export const RECORDINGS: Readonly<Record<string, Answers>> = {
  //                  who was somebody  in a room     account       key: rooms   recordings people   admin
  //                no  key out gone   other in  secr  mem own adm   read wri   read wri   read wri   key
  'GET /recordings': { rows: {
    any:           '401 401 401 401    403 403 200   200 200 200    403 403    200 403    403 403    200',
  } },
  'GET /recordings/{id}': { rows: {
    own:           '401 401 401 401    404 403 200   404 200 200    403 403    200 403    403 403    200',
    foreign:       '401 401 401 401    404 404 404   404 404 200    403 403    200 403    403 403    200',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    404 403    403 403    404',
  } },
  'PATCH /recordings/{id}': { body: { title: 'x' }, rows: {
    own:           '401 401 401 401    404 403 200   404 200 200    403 403    403 200    403 403    200',
    foreign:       '401 401 401 401    404 404 404   404 404 200    403 403    403 200    403 403    200',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    403 404    403 403    404',
  } },
  'DELETE /recordings/{id}': { rows: {
    own:           '401 401 401 401    404 403 204   404 204 204    403 403    403 204    403 403    204',
    foreign:       '401 401 401 401    404 404 404   404 404 204    403 403    403 204    403 403    204',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    403 404    403 403    404',
  } },
  // Finished: who may is told that nothing runs.
  'POST /recordings/{id}/pause': { rows: {
    own:           '401 401 401 401    404 403 409   404 409 409    403 403    403 409    403 403    409',
    foreign:       '401 401 401 401    404 404 404   404 404 409    403 403    403 409    403 403    409',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    403 404    403 403    404',
  } },
  'POST /recordings/{id}/resume': { rows: {
    own:           '401 401 401 401    404 403 409   404 409 409    403 403    403 409    403 403    409',
    foreign:       '401 401 401 401    404 404 404   404 404 409    403 403    403 409    403 403    409',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    403 404    403 403    404',
  } },
  'POST /recordings/{id}/stop': { rows: {
    own:           '401 401 401 401    404 403 200   404 200 200    403 403    403 200    403 403    200',
    foreign:       '401 401 401 401    404 404 404   404 404 200    403 403    403 200    403 403    200',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    403 404    403 403    404',
  } },
  'GET /recordings/{id}/files/{name}': { rows: {
    own:           '401 401 401 401    404 403 200   404 200 200    403 403    200 403    403 403    200',
    'own/foreign': '401 401 401 401    404 403 404   404 404 404    403 403    404 403    403 403    404',
    'own/absent':  '401 401 401 401    404 403 404   404 404 404    403 403    404 403    403 403    404',
    foreign:       '401 401 401 401    404 404 404   404 404 200    403 403    200 403    403 403    200',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    404 403    403 403    404',
  } },
  'GET /recordings/{id}/archive.zip': { rows: {
    own:           '401 401 401 401    404 403 200   404 200 200    403 403    200 403    403 403    200',
    foreign:       '401 401 401 401    404 404 404   404 404 200    403 403    200 403    403 403    200',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    404 403    403 403    404',
  } },
  'GET /recordings/{id}/renders': { rows: {
    own:           '401 401 401 401    404 403 200   404 200 200    403 403    200 403    403 403    200',
    foreign:       '401 401 401 401    404 404 404   404 404 200    403 403    200 403    403 403    200',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    404 403    403 403    404',
  } },
  'POST /recordings/{id}/renders': { body: {}, rows: {
    own:           '401 401 401 401    404 403 202   404 202 202    403 403    403 202    403 403    202',
    foreign:       '401 401 401 401    404 404 404   404 404 202    403 403    403 202    403 403    202',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    403 404    403 403    404',
  } },
  'GET /recordings/{id}/renders/{renderId}': { rows: {
    own:           '401 401 401 401    404 403 200   404 200 200    403 403    200 403    403 403    200',
    'own/foreign': '401 401 401 401    404 403 404   404 404 404    403 403    404 403    403 403    404',
    'own/absent':  '401 401 401 401    404 403 404   404 404 404    403 403    404 403    403 403    404',
    foreign:       '401 401 401 401    404 404 404   404 404 200    403 403    200 403    403 403    200',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    404 403    403 403    404',
  } },
  'DELETE /recordings/{id}/renders/{renderId}': { rows: {
    own:           '401 401 401 401    404 403 204   404 204 204    403 403    403 204    403 403    204',
    'own/foreign': '401 401 401 401    404 403 404   404 404 404    403 403    403 404    403 403    404',
    'own/absent':  '401 401 401 401    404 403 404   404 404 404    403 403    403 404    403 403    404',
    foreign:       '401 401 401 401    404 404 404   404 404 204    403 403    403 204    403 403    204',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    403 404    403 403    404',
  } },
  // It has not failed: who may is told so.
  'POST /recordings/{id}/renders/{renderId}/retry': { rows: {
    own:           '401 401 401 401    404 403 409   404 409 409    403 403    403 409    403 403    409',
    'own/foreign': '401 401 401 401    404 403 404   404 404 404    403 403    403 404    403 403    404',
    'own/absent':  '401 401 401 401    404 403 404   404 404 404    403 403    403 404    403 403    404',
    foreign:       '401 401 401 401    404 404 404   404 404 409    403 403    403 409    403 403    409',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    403 404    403 403    404',
  } },
  'DELETE /recordings/{id}/participants/{participantId}': { rows: {
    own:           '401 401 401 401    404 403 200   404 200 200    403 403    403 200    403 403    200',
    'own/foreign': '401 401 401 401    404 403 404   404 404 404    403 403    403 404    403 403    404',
    'own/absent':  '401 401 401 401    404 403 404   404 404 404    403 403    403 404    403 403    404',
    foreign:       '401 401 401 401    404 404 404   404 404 200    403 403    403 200    403 403    200',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    403 404    403 403    404',
  } },
  'GET /recordings/{id}/erasures': { rows: {
    own:           '401 401 401 401    404 403 200   404 200 200    403 403    403 200    403 403    200',
    foreign:       '401 401 401 401    404 404 404   404 404 200    403 403    403 200    403 403    200',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    403 404    403 403    404',
  } },
  'GET /recordings/{id}/shares': { rows: {
    own:           '401 401 401 401    404 403 200   404 200 200    403 403    403 403    403 403    200',
    foreign:       '401 401 401 401    404 404 404   404 404 200    403 403    403 403    403 403    200',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    403 403    403 403    404',
  } },
  'POST /recordings/{id}/shares': { body: {}, rows: {
    own:           '401 401 401 401    404 403 201   404 201 201    403 403    403 403    403 403    201',
    foreign:       '401 401 401 401    404 404 404   404 404 201    403 403    403 403    403 403    201',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    403 403    403 403    404',
  } },
  'DELETE /recordings/{id}/shares/{shareId}': { rows: {
    own:           '401 401 401 401    404 403 204   404 204 204    403 403    403 403    403 403    204',
    'own/foreign': '401 401 401 401    404 403 404   404 404 404    403 403    403 403    403 403    404',
    'own/absent':  '401 401 401 401    404 403 404   404 404 404    403 403    403 403    403 403    404',
    foreign:       '401 401 401 401    404 404 404   404 404 204    403 403    403 403    403 403    204',
    absent:        '401 401 401 401    404 404 404   404 404 404    403 403    403 403    403 403    404',
  } },
  // A link is for whoever has it.
  'GET /shares/{secret}': { rows: { own: 200, foreign: 200, absent: 404 } },
  'GET /shares/{secret}/archive.zip': { rows: { own: 200, foreign: 200, absent: 404 } },
  'GET /shares/{secret}/files/{name}': { rows: {
    own: 200, foreign: 200, 'own/foreign': 404, 'own/absent': 404, absent: 404,
  } },
  // One that takes no password has none to be opened with.
  'POST /shares/{secret}/open': { body: { password: 'a wrong one' }, rows: {
    own: 404, foreign: 404, absent: 404,
  } },
};

// prettier-ignore
export const PEOPLE: Readonly<Record<string, Answers>> = {
  //                  who was somebody  in a room     account       key: rooms   recordings people   admin
  //                no  key out gone   other in  secr  mem own adm   read wri   read wri   read wri   key
  'GET /session': { rows: { any: 200 } },
  'POST /session': { body: { userName: 'nobody-here', password: 'wrong' }, rows: { any: 401 } },
  'DELETE /session': { rows: { any: 204 } },
  // There is no provider here.
  'GET /openid/start': { rows: { any: 404 } },
  'GET /openid/callback': { rows: { any: 404 } },
  'GET /people': { rows: {
    any:           '401 401 401 401    401 401 401   200 200 200    403 403    403 403    200 403    200',
  } },
  'GET /users': { rows: {
    any:           '401 401 401 401    401 401 401   403 403 200    403 403    403 403    200 403    200',
  } },
  'POST /users': { body: newUser('member'), rows: {
    any:           '401 401 401 401    401 401 401   403 403 201    403 403    403 403    403 201    201',
  } },
  // Who makes administrators can do everything: a key for people cannot.
  'POST /users administrator': { body: newUser('admin'), rows: {
    any:           '401 401 401 401    401 401 401   403 403 201    403 403    403 403    403 403    201',
  } },
  'GET /users/{name}': { rows: {
    own:           '401 401 401 401    401 401 401   404 200 200    403 403    403 403    200 403    200',
    foreign:       '401 401 401 401    401 401 401   404 404 200    403 403    403 403    200 403    200',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    404 403    404',
  } },
  'PATCH /users/{name}': { body: { displayName: 'X' }, rows: {
    own:           '401 401 401 401    401 401 401   404 200 200    403 403    403 403    403 200    200',
    foreign:       '401 401 401 401    401 401 401   404 404 200    403 403    403 403    403 200    200',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
  'PATCH /users/{name} role': { body: { role: 'admin' }, rows: {
    own:           '401 401 401 401    401 401 401   404 403 200    403 403    403 403    403 403    200',
    foreign:       '401 401 401 401    401 401 401   404 404 200    403 403    403 403    403 403    200',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
  'DELETE /users/{name}': { rows: {
    own:           '401 401 401 401    401 401 401   404 204 204    403 403    403 403    403 204    204',
    foreign:       '401 401 401 401    401 401 401   404 404 204    403 403    403 403    403 204    204',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
  // Olga and Fred let members see it.
  'GET /users/{name}/presence': { rows: {
    own:           '404 401 404 404    401 401 401   200 200 200    404 404    404 404    200 404    200',
    foreign:       '404 401 404 404    401 401 401   200 200 200    404 404    404 404    200 404    200',
    absent:        '404 401 404 404    401 401 401   404 404 404    404 404    404 404    404 404    404',
  } },
  'GET /users/{name}/sign-ins': { rows: {
    own:           '401 401 401 401    401 401 401   404 200 200    403 403    403 403    403 200    200',
    foreign:       '401 401 401 401    401 401 401   404 404 200    403 403    403 403    403 200    200',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
  'DELETE /users/{name}/sign-ins/{id}': { rows: {
    own:           '401 401 401 401    401 401 401   404 204 204    403 403    403 403    403 204    204',
    'own/foreign': '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
    'own/absent':  '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
    foreign:       '401 401 401 401    401 401 401   404 404 204    403 403    403 403    403 204    204',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
  'POST /invitations': { body: {}, rows: {
    any:           '401 401 401 401    401 401 401   403 403 201    403 403    403 403    403 201    201',
  } },
  'POST /invitations administrator': { body: { role: 'admin' }, rows: {
    any:           '401 401 401 401    401 401 401   403 403 201    403 403    403 403    403 403    201',
  } },
  'GET /invitations': { rows: {
    any:           '401 401 401 401    401 401 401   403 403 200    403 403    403 403    403 200    200',
  } },
  'DELETE /invitations/{id}': { rows: {
    own:           '401 401 401 401    401 401 401   403 403 204    403 403    403 403    403 204    204',
    absent:        '401 401 401 401    401 401 401   403 403 404    403 403    403 403    403 404    404',
  } },
  // An invitation is for whoever has it.
  'POST /invitations/open': { body: async ({ edge }, which) => ({
    secret: which === 'own' ? (await edge.people.invitations.create({})).secret : 'x'.repeat(43),
  }), rows: { own: 200, absent: 404 } },
  'POST /invitations/accept': { body: async ({ edge }, which) => ({
    secret: which === 'own' ? (await edge.people.invitations.create({})).secret : 'x'.repeat(43),
    userName: newName(),
    password: 'a long enough one',
  }), rows: { own: 201, absent: 404 } },
};

// prettier-ignore
export const CALLS: Readonly<Record<string, Answers>> = {
  //                  who was somebody  in a room     account       key: rooms   recordings people   admin
  //                no  key out gone   other in  secr  mem own adm   read wri   read wri   read wri   key
  'GET /users/{name}/call-plan': { rows: {
    own:           '401 401 401 401    401 401 401   404 200 200    403 403    403 403    200 403    200',
    foreign:       '401 401 401 401    401 401 401   404 404 200    403 403    403 403    200 403    200',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    404 403    404',
  } },
  'PUT /users/{name}/call-plan': { body: { rules: [], blocked: [], blockGuests: false }, rows: {
    own:           '401 401 401 401    401 401 401   404 200 200    403 403    403 403    403 200    200',
    foreign:       '401 401 401 401    401 401 401   404 404 200    403 403    403 403    403 200    200',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
  'POST /users/{name}/call-plan/trial': { body: {}, rows: {
    own:           '401 401 401 401    401 401 401   404 200 200    403 403    403 403    200 403    200',
    foreign:       '401 401 401 401    401 401 401   404 404 200    403 403    403 403    200 403    200',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    404 403    404',
  } },
  // A key is nobody, and says whose.
  'GET /calls': { rows: {
    any:           '401 401 401 401    401 401 401   200 200 200    403 403    403 403    404 403    404',
  } },
  'GET /calls ?user': { query: user, rows: {
    own:           '401 401 401 401    401 401 401   404 200 200    403 403    403 403    200 403    200',
    foreign:       '401 401 401 401    401 401 401   404 404 200    403 403    403 403    200 403    200',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    404 403    404',
  } },
  'POST /calls/seen': { rows: {
    any:           '401 401 401 401    401 401 401   204 204 204    403 403    403 403    403 404    404',
  } },
  'POST /calls/seen ?user': { query: user, rows: {
    own:           '401 401 401 401    401 401 401   404 204 204    403 403    403 403    403 204    204',
    foreign:       '401 401 401 401    401 401 401   404 404 204    403 403    403 403    403 204    204',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
  'GET /calls/{id}': { rows: {
    own:           '401 401 401 401    401 401 401   404 200 404    403 403    403 403    404 403    404',
    foreign:       '401 401 401 401    401 401 401   404 404 404    403 403    403 403    404 403    404',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    404 403    404',
  } },
  'GET /calls/{id} ?user': { query: user, rows: {
    own:           '401 401 401 401    401 401 401   404 200 200    403 403    403 403    200 403    200',
    foreign:       '401 401 401 401    401 401 401   404 404 200    403 403    403 403    200 403    200',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    404 403    404',
  } },
  // It rings: who may is told so.
  'DELETE /calls/{id}': { rows: {
    own:           '401 401 401 401    401 401 401   404 409 404    403 403    403 403    403 404    404',
    foreign:       '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
  'DELETE /calls/{id} ?user': { query: user, rows: {
    own:           '401 401 401 401    401 401 401   404 409 409    403 403    403 403    403 409    409',
    foreign:       '401 401 401 401    401 401 401   404 404 409    403 403    403 403    403 409    409',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
  'POST /calls/{id}/decline': { rows: {
    own:           '401 401 401 401    401 401 401   404 204 404    403 403    403 403    403 404    404',
    foreign:       '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
  'POST /calls/{id}/decline ?user': { query: user, rows: {
    own:           '401 401 401 401    401 401 401   404 204 204    403 403    403 403    403 204    204',
    foreign:       '401 401 401 401    401 401 401   404 404 204    403 403    403 403    403 204    204',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
  'POST /calls/{id}/hang-up': { rows: {
    own:           '401 401 401 401    401 401 401   404 204 404    403 403    403 403    403 404    404',
    foreign:       '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
  'POST /calls/{id}/hang-up ?user': { query: user, rows: {
    own:           '401 401 401 401    401 401 401   404 204 204    403 403    403 403    403 204    204',
    foreign:       '401 401 401 401    401 401 401   404 404 204    403 403    403 403    403 204    204',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
};

// prettier-ignore
export const OPERATIONS: Readonly<Record<string, Answers>> = {
  //                  who was somebody  in a room     account       key: rooms   recordings people   admin
  //                no  key out gone   other in  secr  mem own adm   read wri   read wri   read wri   key
  'GET /keys': { rows: {
    any:           '401 401 401 401    401 401 401   403 403 200    403 403    403 403    403 403    200',
  } },
  'POST /keys': { body: { name: 'a', scopes: ['rooms:read'] }, rows: {
    any:           '401 401 401 401    401 401 401   403 403 201    403 403    403 403    403 403    201',
  } },
  'DELETE /keys/{id}': { rows: {
    own:           '401 401 401 401    401 401 401   403 403 204    403 403    403 403    403 403    204',
    absent:        '401 401 401 401    401 401 401   403 403 404    403 403    403 403    403 403    404',
  } },
  'GET /storage': { rows: {
    any:           '401 401 401 401    401 401 401   403 403 200    403 403    200 403    403 403    200',
  } },
  'GET /healthz': { rows: { any: 200 } },
  'GET /readyz': { rows: { any: 200 } },
  'GET /version': { rows: { any: 200 } },
};

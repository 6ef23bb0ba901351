import { pushKeys, type Neighbourhood } from './Neighbourhood.ts';
import type { Which } from './objects.ts';
import type { Answers } from './restTable.ts';

/** The part of the table that is about people. */

export const ofUser = ({ own, foreign, shared }: Neighbourhood, which: Which): string =>
  `?user=${{ own: own.owner.name, foreign: foreign.owner.name, absent: 'nobody-here', shared: shared.owner.name }[which]}`;

let counted = 0;
const newName = (): string => `new-${(counted += 1)}`;
const newUser = (role: string) => () => ({ name: newName(), password: 'a long enough one', role });

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
  'GET /calls ?user': { query: ofUser, rows: {
    own:           '401 401 401 401    401 401 401   404 200 200    403 403    403 403    200 403    200',
    foreign:       '401 401 401 401    401 401 401   404 404 200    403 403    403 403    200 403    200',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    404 403    404',
  } },
  'POST /calls/seen': { rows: {
    any:           '401 401 401 401    401 401 401   204 204 204    403 403    403 403    403 404    404',
  } },
  'POST /calls/seen ?user': { query: ofUser, rows: {
    own:           '401 401 401 401    401 401 401   404 204 204    403 403    403 403    403 204    204',
    foreign:       '401 401 401 401    401 401 401   404 404 204    403 403    403 403    403 204    204',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
  'GET /calls/{id}': { rows: {
    own:           '401 401 401 401    401 401 401   404 200 404    403 403    403 403    404 403    404',
    foreign:       '401 401 401 401    401 401 401   404 404 404    403 403    403 403    404 403    404',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    404 403    404',
  } },
  'GET /calls/{id} ?user': { query: ofUser, rows: {
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
  'DELETE /calls/{id} ?user': { query: ofUser, rows: {
    own:           '401 401 401 401    401 401 401   404 409 409    403 403    403 403    403 409    409',
    foreign:       '401 401 401 401    401 401 401   404 404 409    403 403    403 403    403 409    409',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
  'POST /calls/{id}/decline': { rows: {
    own:           '401 401 401 401    401 401 401   404 204 404    403 403    403 403    403 404    404',
    foreign:       '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
  'POST /calls/{id}/decline ?user': { query: ofUser, rows: {
    own:           '401 401 401 401    401 401 401   404 204 204    403 403    403 403    403 204    204',
    foreign:       '401 401 401 401    401 401 401   404 404 204    403 403    403 403    403 204    204',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
  'POST /calls/{id}/hang-up': { rows: {
    own:           '401 401 401 401    401 401 401   404 204 404    403 403    403 403    403 404    404',
    foreign:       '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
  'POST /calls/{id}/hang-up ?user': { query: ofUser, rows: {
    own:           '401 401 401 401    401 401 401   404 204 204    403 403    403 403    403 204    204',
    foreign:       '401 401 401 401    401 401 401   404 404 204    403 403    403 403    403 204    204',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
};

// prettier-ignore
export const NOTICES: Readonly<Record<string, Answers>> = {
  //                  who was somebody  in a room     account       key: rooms   recordings people   admin
  //                no  key out gone   other in  secr  mem own adm   read wri   read wri   read wri   key
  // A key is nobody's browser.
  'GET /push': { rows: {
    any:           '401 401 401 401    401 401 401   200 200 200    403 403    403 403    403 404    404',
  } },
  // Beside us is nowhere to push to: who may is told so.
  'POST /push': { body: { endpoint: 'https://127.0.0.1/', keys: pushKeys() }, rows: {
    any:           '401 401 401 401    401 401 401   400 400 400    403 403    403 403    403 404    404',
  } },
  'DELETE /push/{id}': { rows: {
    own:           '401 401 401 401    401 401 401   404 204 404    403 403    403 403    403 404    404',
    foreign:       '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
    absent:        '401 401 401 401    401 401 401   404 404 404    403 403    403 403    403 404    404',
  } },
};

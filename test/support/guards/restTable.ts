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

/** Asked by those of `askers`, in that order. */
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
  'GET /webhooks': { rows: {
    any:           '401 401 401 401    401 401 401   403 403 200    403 403    403 403    403 403    200',
  } },
  // Beside us is no receiver: who may is told so.
  'POST /webhooks': { body: { url: 'https://127.0.0.1/' }, rows: {
    any:           '401 401 401 401    401 401 401   403 403 400    403 403    403 403    403 403    400',
  } },
  'DELETE /webhooks/{id}': { rows: {
    own:           '401 401 401 401    401 401 401   403 403 204    403 403    403 403    403 403    204',
    absent:        '401 401 401 401    401 401 401   403 403 404    403 403    403 403    403 403    404',
  } },
  'POST /webhooks/{id}/test': { rows: {
    own:           '401 401 401 401    401 401 401   403 403 202    403 403    403 403    403 403    202',
    absent:        '401 401 401 401    401 401 401   403 403 404    403 403    403 403    403 403    404',
  } },
  'GET /webhooks/{id}/deliveries': { rows: {
    own:           '401 401 401 401    401 401 401   403 403 200    403 403    403 403    403 403    200',
    absent:        '401 401 401 401    401 401 401   403 403 404    403 403    403 403    403 403    404',
  } },
  'GET /storage': { rows: {
    any:           '401 401 401 401    401 401 401   403 403 200    403 403    200 403    403 403    200',
  } },
  'GET /healthz': { rows: { any: 200 } },
  'GET /readyz': { rows: { any: 200 } },
  'GET /version': { rows: { any: 200 } },
};

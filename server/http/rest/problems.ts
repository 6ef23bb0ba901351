import { Type } from 'typebox';
import { ERROR_STATUS } from '../../protocol/errors.ts';
import { ProblemSchema } from '../../protocol/rest.ts';
import type { ProblemCode } from '../problem.ts';

/** Added to the app once, so that the description of the API holds it once. */
export const SharedProblemSchema = { ...ProblemSchema, $id: 'Problem' };

const MEANING: Readonly<Record<ProblemCode, string>> = {
  bad_request: 'Malformed: `errors` says where.',
  unauthorized: 'No credentials, or they are wrong or expired.',
  forbidden: 'The credentials lack the grant, or the page is of another site.',
  room_locked: 'The room is locked.',
  not_found: 'Absent, or not yours.',
  method_not_allowed: 'See Allow.',
  wrong_state: 'Not in this state.',
  gone: 'Was there, and is no more.',
  too_large: 'Too large.',
  unsupported_media_type: 'Only application/json.',
  range_not_satisfiable: 'There are no such bytes: see Content-Range.',
  rate_limited: 'Too many: see Retry-After.',
  internal: 'Our fault.',
  room_full: 'The room is full.',
  unavailable: 'Starting, stopping or full: see Retry-After.',
  mailbox_full: 'The mailbox is full.',
  disk_full: 'Too little space is left on the disk.',
};

type Described = Exclude<ProblemCode, 'method_not_allowed'>;

/** The `response` entries of a route that can fail so. Ours and a full server go without saying. */
export const problems = (...codes: Described[]): Record<number, unknown> => {
  const all: Described[] = [...codes, 'internal', 'unavailable'];
  const byStatus = Map.groupBy(all, (code) => ERROR_STATUS[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((code) => `\`${code}\`: ${MEANING[code]}`).join(' '),
        content: { 'application/problem+json': { schema: Type.Ref('Problem#') } },
      },
    ]),
  );
};

/** What whoever asks for something that may be somebody else's can be told. */
export const ACCESS_PROBLEMS = ['unauthorized', 'forbidden', 'not_found', 'rate_limited'] as const;

/** What every route with a JSON body can answer. */
export const BODY_PROBLEMS = [
  'bad_request',
  'forbidden',
  'too_large',
  'unsupported_media_type',
] as const;

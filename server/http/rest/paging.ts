import { Type, type Static } from 'typebox';
import { AppError } from '../../base/AppError.ts';

const DEFAULT_LIMIT = 50;

export const PageQuerySchema = Type.Object({
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 100, description: `At most; ${DEFAULT_LIMIT} if absent.` }),
  ),
  cursor: Type.Optional(
    Type.String({ minLength: 1, maxLength: 128, description: '`nextCursor` of the page before.' }),
  ),
});
type PageQuery = Static<typeof PageQuerySchema>;

export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

interface Item {
  readonly id: string;
}

/**
 * One page of a list whose ids ascend. The cursor holds the last id seen, not a position: what
 * comes or goes meanwhile neither repeats nor hides an item.
 */
export const pageOf = <T extends Item>(
  all: readonly T[],
  { limit = DEFAULT_LIMIT, cursor }: PageQuery,
): Page<T> => {
  const after = cursor === undefined ? '' : decode(cursor);
  const found = all.filter(({ id }) => id > after).slice(0, limit + 1);
  return cut(found, limit);
};

/** The same of a list whose ids descend and which is too long to be had whole. */
export const pageThrough = async <T extends Item>(
  { limit = DEFAULT_LIMIT, cursor }: PageQuery,
  list: (page: { before: string | undefined; limit: number }) => Promise<readonly T[]>,
): Promise<Page<T>> => {
  const before = cursor === undefined ? undefined : decode(cursor);
  return cut(await list({ before, limit: limit + 1 }), limit);
};

/** `found` holds one item more when there is another page. */
const cut = <T extends Item>(found: readonly T[], limit: number): Page<T> => {
  const last = found.length > limit ? found[limit - 1] : undefined;
  return {
    items: found.slice(0, limit),
    nextCursor: last ? Buffer.from(last.id).toString('base64url') : null,
  };
};

const decode = (cursor: string): string => {
  const id = Buffer.from(cursor, 'base64url').toString('latin1');
  if (/^[a-z]+_[0-9a-f-]{36}$/.test(id)) return id;
  throw new AppError('bad_request', 'The cursor is not one of ours.', {
    fields: [{ pointer: '/cursor', message: 'must be the nextCursor of a page before' }],
  });
};

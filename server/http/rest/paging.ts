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

export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/**
 * One page of a list whose ids ascend. The cursor holds the last id seen, not a position: what
 * comes or goes meanwhile neither repeats nor hides an item.
 */
export const pageOf = <T extends { readonly id: string }>(
  all: readonly T[],
  { limit = DEFAULT_LIMIT, cursor }: Static<typeof PageQuerySchema>,
): Page<T> => {
  const after = cursor === undefined ? '' : decode(cursor);
  const items = all.filter(({ id }) => id > after).slice(0, limit + 1);
  const last = items.length > limit ? items[limit - 1] : undefined;
  return {
    items: items.slice(0, limit),
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

import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { AppError } from '../../base/AppError.ts';
import { VoicemailIdSchema } from '../../protocol/ids.ts';
import { MessageSortSchema, type MessageSort } from '../../protocol/voicemail.ts';
import type { Message } from '../../voicemail/Message.ts';
import { placeOf, type Place } from '../../voicemail/order.ts';
import { PageQuerySchema, type Page } from './paging.ts';

const DEFAULT_LIMIT = 50;
const DEFAULT_SORT = 'newest';

export const SortedPageQuerySchema = Type.Object({
  limit: PageQuerySchema.properties.limit,
  cursor: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 512,
      description: '`nextCursor` of the page before, for the same `sort`.',
    }),
  ),
  sort: Type.Optional(MessageSortSchema),
});

/** What a cursor holds: in which order, and behind what. */
const Cursor = Compile(
  Type.Tuple([
    MessageSortSchema,
    Type.Union([Type.Null(), Type.Number(), Type.String()]),
    VoicemailIdSchema,
  ]),
);

/**
 * One page of messages in any order. The cursor holds what the last message is sorted by, not a
 * position and not only its id: what comes or goes meanwhile neither repeats nor hides another.
 */
export const pageInOrder = async (
  { limit = DEFAULT_LIMIT, cursor, sort = DEFAULT_SORT }: Static<typeof SortedPageQuerySchema>,
  list: (where: {
    sort: MessageSort;
    after: Place | undefined;
    limit: number;
  }) => Promise<readonly Message[]>,
): Promise<Page<Message>> => {
  const after = cursor === undefined ? undefined : decode(cursor, sort);
  const found = await list({ sort, after, limit: limit + 1 });
  const last = found.length > limit ? found[limit - 1] : undefined;
  return { items: found.slice(0, limit), nextCursor: last ? encode(last, sort) : null };
};

const encode = (message: Message, sort: MessageSort): string => {
  const { key, id } = placeOf(message, sort);
  return Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');
};

const decode = (cursor: string, sort: MessageSort): Place => {
  try {
    const [of, key, id] = Cursor.Decode(
      JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown,
    );
    if (of === sort && typeof key === KEYS[sort]) return { key, id };
  } catch {
    // Told below, as anything else that is not ours.
  }
  throw new AppError('bad_request', 'The cursor is not one of ours.', {
    fields: [{ pointer: '/cursor', message: 'must be the nextCursor of a page before' }],
  });
};

const KEYS: Readonly<Record<MessageSort, 'number' | 'string' | 'object'>> = {
  newest: 'object',
  oldest: 'object',
  longest: 'number',
  caller: 'string',
  urgent: 'number',
};

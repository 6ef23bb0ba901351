import type { MessageSort, Voicemail } from '../../../../../server/protocol/voicemail.ts';

export const SORT_WORDS = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  longest: 'Longest first',
  caller: 'By caller',
  urgent: 'Urgent first',
} as const satisfies Record<MessageSort, string>;

export const SORTS = [
  'newest',
  'oldest',
  'longest',
  'caller',
  'urgent',
] as const satisfies readonly MessageSort[];

type Sorted = Pick<Voicemail, 'id' | 'durationMs' | 'urgent' | 'from'>;

const compared = (a: string, b: string): number => Number(a > b) - Number(a < b);

const nameKey = ({ from }: Sorted): string => from.displayName.normalize('NFKC').toLowerCase();

/** As the server lists them: negative when `a` comes first. */
export const compareBy = (sort: MessageSort, a: Sorted, b: Sorted): number => {
  const newest = compared(b.id, a.id);
  if (sort === 'oldest') return -newest;
  if (sort === 'longest') return b.durationMs - a.durationMs || newest;
  if (sort === 'urgent') return Number(b.urgent) - Number(a.urgent) || newest;
  if (sort === 'caller') return compared(nameKey(a), nameKey(b)) || newest;
  return newest;
};

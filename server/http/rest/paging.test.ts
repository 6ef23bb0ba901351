import { describe, expect, it } from 'vitest';
import { AppError } from '../../base/AppError.ts';
import { pageOf } from './paging.ts';

const item = (n: number) => ({ id: `room_0190f000-0000-7000-8000-${String(n).padStart(12, '0')}` });
const all = Array.from({ length: 7 }, (_, n) => item(n));

describe('pageOf', () => {
  it('walks through everything once', () => {
    const first = pageOf(all, { limit: 3 });
    const second = pageOf(all, { limit: 3, cursor: first.nextCursor! });
    const third = pageOf(all, { limit: 3, cursor: second.nextCursor! });
    expect([first, second, third].flatMap(({ items }) => items)).toEqual(all);
    expect(third).toMatchObject({ items: [item(6)], nextCursor: null });
  });

  it('ends with a full last page', () => {
    expect(pageOf(all, { limit: 7 }).nextCursor).toBeNull();
    expect(pageOf([], {})).toEqual({ items: [], nextCursor: null });
  });

  it('goes on after an item that is gone', () => {
    const { nextCursor } = pageOf(all, { limit: 3 });
    const rest = pageOf(all.toSpliced(2, 1), { limit: 3, cursor: nextCursor! });
    expect(rest.items[0]).toEqual(item(3));
  });

  it.each(['x', '!!!', Buffer.from('room_').toString('base64url')])('refuses %s', (cursor) => {
    expect(() => pageOf(all, { cursor })).toThrow(AppError);
  });
});

import { describe, expect, it } from 'vitest';
import type { RecordingPage, RecordingResource } from '../../../../server/protocol/recordings.ts';
import { MergedRecordings } from './MergedRecordings.ts';

const recording = (n: number) => ({ id: `rec_${n}` }) as unknown as RecordingResource;

/** Pages of two. */
const serve =
  (shelves: Readonly<Record<string, readonly number[]>>) =>
  (bearer: string, cursor: string | undefined): Promise<RecordingPage> => {
    const all = shelves[bearer] ?? [];
    const from = Number(cursor ?? 0);
    return Promise.resolve({
      items: all.slice(from, from + 2).map(recording),
      nextCursor: all.length > from + 2 ? String(from + 2) : null,
    });
  };

const ids = (found: readonly { recording: RecordingResource; bearer: string }[]) =>
  found.map(({ recording: { id }, bearer }) => `${bearer}${id.slice(4)}`);

describe('MergedRecordings', () => {
  it('puts what several secrets open in one order, page by page', async () => {
    const list = new MergedRecordings(
      ['a', 'b', 'c'],
      serve({ a: [9, 5, 4, 3, 1], b: [8, 7, 6, 2], c: [] }),
    );
    expect(ids(await list.more(4))).toEqual(['a9', 'b8', 'b7', 'b6']);
    expect(list.hasMore).toBe(true);
    expect(ids(await list.more(4))).toEqual(['a5', 'a4', 'a3', 'b2']);
    expect(ids(await list.more(4))).toEqual(['a1']);
    expect(list.hasMore).toBe(false);
    expect(await list.more(4)).toEqual([]);
  });

  it('lists once what several open', async () => {
    const list = new MergedRecordings(['a', 'b'], serve({ a: [5, 4, 2], b: [4, 3, 2] }));
    expect(ids(await list.more(2))).toEqual(['a5', 'a4']);
    expect(ids(await list.more(4))).toEqual(['b3', 'a2']);
  });

  it('is empty where there is no secret', async () => {
    const list = new MergedRecordings([], serve({}));
    expect(await list.more(4)).toEqual([]);
    expect(list.hasMore).toBe(false);
  });

  it('loses nothing to an answer that does not come', async () => {
    let down = true;
    const list = new MergedRecordings(['a', 'b'], (bearer, cursor) =>
      down && bearer === 'b'
        ? Promise.reject(new Error('down'))
        : serve({ a: [3, 1], b: [2] })(bearer, cursor),
    );
    await expect(list.more(4)).rejects.toThrow('down');
    down = false;
    expect(ids(await list.more(4))).toEqual(['a3', 'b2', 'a1']);
  });

  it('shows what it has when a later page fails', async () => {
    let asked = 0;
    const list = new MergedRecordings(['a'], (bearer, cursor) => {
      asked++;
      return asked === 2
        ? Promise.reject(new Error('down'))
        : serve({ a: [3, 2, 1] })(bearer, cursor);
    });
    expect(ids(await list.more(5))).toEqual(['a3', 'a2']);
    expect(ids(await list.more(5))).toEqual(['a1']);
  });
});

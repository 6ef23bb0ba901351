import type { Page } from 'playwright-core';

/** When a page had everything again, in milliseconds since 1970; what it lacked, if it never had. */
export interface Return {
  /** Sound and moving picture of everybody else. */
  readonly mediaAt: number | null;
  /** A word of the server. */
  readonly lineAt: number | null;
  /** Participants heard and seen, and those of them who are heard or seen alone. */
  readonly complete: number;
  readonly partial: number;
}

export interface ReturnOptions {
  /** How many other people there are. */
  readonly others: number;
  /** What was heard before does not count. */
  readonly since: number;
  /**
   * Media was built anew: only connections beyond this many count. Frames that wait in the old
   * ones' buffers are decoded for a moment although nothing arrives any more.
   */
  readonly newerThan: number;
  readonly limitMs: number;
}

/** Waits inside the page, so that the time is not the test's but the page's. */
export const awaitReturn = (page: Page, options: ReturnOptions): Promise<Return> =>
  page.evaluate(watch, options);

/** Runs in the page: everything it needs is inside. */
const watch = async ({ others, since, newerThan, limitMs }: ReturnOptions): Promise<Return> => {
  const { instruments } = window;
  type Stream = { key: string; owner: string; kind: string; count: number };
  const read = async (): Promise<Stream[]> => {
    const open = instruments.connections
      .map((connection, index) => ({ connection, index }))
      .filter(
        ({ connection, index }) => index >= newerThan && connection.connectionState !== 'closed',
      );
    const streams = await Promise.all(
      open.map(async ({ connection, index }) => {
        const report = (await connection.getStats()) as unknown as Map<
          string,
          Record<string, unknown>
        >;
        return [...report.values()].flatMap((stats): Stream[] => {
          const owner = instruments.owners.get(String(stats['trackIdentifier'])) ?? '';
          if (stats['type'] !== 'inbound-rtp' || !owner.startsWith('part_')) return [];
          const kind = String(stats['kind']);
          const count = Number(stats[kind === 'audio' ? 'packetsReceived' : 'framesDecoded'] ?? 0);
          return [{ key: `${index} ${String(stats['ssrc'])}`, owner, kind, count }];
        });
      }),
    );
    return streams.flat();
  };
  const start = new Map((await read()).map(({ key, count }) => [key, count]));
  const grown = { audio: new Set<string>(), video: new Set<string>() };
  const complete = (): number => grown.audio.intersection(grown.video).size;
  let mediaAt: number | null = null;
  let lineAt: number | null = null;
  const until = Date.now() + limitMs;
  while ((mediaAt === null || lineAt === null) && Date.now() < until) {
    for (const { key, owner, kind, count } of await read()) {
      if (count > (start.get(key) ?? 0)) grown[kind === 'audio' ? 'audio' : 'video'].add(owner);
    }
    if (mediaAt === null && complete() >= others) mediaAt = Date.now();
    if (lineAt === null && instruments.heardAt > since) lineAt = instruments.heardAt;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  const partial = grown.audio.union(grown.video).size - complete();
  return { mediaAt, lineAt, complete: complete(), partial };
};

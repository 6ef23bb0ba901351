/** As many as the server hands out at once. */
const PAGE = 100;

/** A list to its end, page by page; `ask` gets the query of each. */
export const wholeList = async <T>(
  ask: (query: URLSearchParams) => Promise<{
    readonly items: readonly T[];
    readonly nextCursor: string | null;
  }>,
): Promise<readonly T[]> => {
  const all: T[] = [];
  const query = new URLSearchParams({ limit: String(PAGE) });
  for (;;) {
    const { items, nextCursor } = await ask(query);
    all.push(...items);
    if (nextCursor === null) return all;
    query.set('cursor', nextCursor);
  }
};

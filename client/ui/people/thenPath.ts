/** Pages for who is not signed in: nobody wants to be brought back to them. */
const ENTRANCES: ReadonlySet<string> = new Set(['/signin', '/invitation']);

/** A path of this server, or null; whoever made the link may have written anything. */
const ownPath = (text: string, origin: string): string | null => {
  if (!text.startsWith('/') || !URL.canParse(text, origin)) return null;
  const url = new URL(text, origin);
  if (url.origin !== origin || ENTRANCES.has(url.pathname)) return null;
  // Written into a link it would lead to another server.
  if (url.pathname.startsWith('//')) return null;
  return url.pathname + url.search;
};

/** Where to go once signed in, from the query of the page; only places on this server. */
export const thenIn = (search: string, origin: string): string =>
  ownPath(new URLSearchParams(search).get('then') ?? '', origin) ?? '/';

/** The page to sign in, that leads back to where one is. */
export const signInPath = (here: string, origin: string): string => {
  const then = ownPath(here, origin) ?? '/';
  return then === '/' ? '/signin' : `/signin?${new URLSearchParams({ then })}`;
};

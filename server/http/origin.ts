import type { IncomingHttpHeaders } from 'node:http';

/** Typed into the address line, or a bookmark. */
const NO_PAGE = 'none';

/**
 * May the page that asks, if it is one, write or open a socket? Browsers that leave out Origin still
 * say (Fetch Metadata) whether the page is ours.
 */
export const pageAllowed = (
  headers: IncomingHttpHeaders,
  host: string | undefined,
  publicUrl: string | undefined,
): boolean => {
  if (headers.origin !== undefined) return originAllowed(headers.origin, host, publicUrl);
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === NO_PAGE;
};

/**
 * May a page of this origin speak to us? Browsers always say where a cross-site write or a socket
 * comes from; programs say nothing, and need their own credentials anyway.
 *
 * `host` is what the browser asked for (the Host header, or the proxy's word for it). The scheme is
 * not compared with it: behind a proxy that ends TLS nobody here knows it.
 */
export const originAllowed = (
  origin: string | undefined,
  host: string | undefined,
  publicUrl: string | undefined,
): boolean => {
  if (origin === undefined) return true;
  const from = parse(origin);
  // `null`, a list, or something with a path is no origin that we gave a page.
  if (!from || from.origin !== origin.toLowerCase()) return false;
  if (publicUrl !== undefined && parse(publicUrl)?.origin === from.origin) return true;
  return host !== undefined && parse(`${from.protocol}//${host}`)?.host === from.host;
};

const parse = (url: string): URL | undefined => {
  const parsed = URL.parse(url);
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed : undefined;
};

const MAX_LENGTH = 512;
/** Never ours, whatever it is asked for. */
const SOMEWHERE = 'http://own.invalid';

/**
 * The path of a page of ours, or `/` for whatever else it is: another site, however it is written, or
 * an address that is no page.
 */
export const ownPath = (wish: string | undefined): string => {
  if (wish === undefined || wish.length > MAX_LENGTH || !wish.startsWith('/')) return '/';
  const url = URL.parse(wish, SOMEWHERE);
  if (url?.origin !== SOMEWHERE || url.pathname.startsWith('//')) return '/';
  if (/^\/api(\/|$)/i.test(url.pathname)) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
};

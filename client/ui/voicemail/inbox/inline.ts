/** To be played or shown on the page. */
export const inline = (url: string): string =>
  `${url}${url.includes('?') ? '&' : '?'}disposition=inline`;

/**
 * A `Content-Disposition` (RFC 6266) under which browsers save with the name as people write it, and
 * old programs with the nearest that is ASCII. `name` comes out of `downloadNames`.
 */
export const contentDisposition = (type: 'attachment' | 'inline', name: string): string =>
  `${type}; filename="${asciiOf(name)}"; filename*=UTF-8''${extendedOf(name)}`;

/** Without what ends the quotes, and without `%`, which some browsers decode. */
const asciiOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x7e]|["\\%]/gu, '_');

/** RFC 8187, which allows less than `encodeURIComponent` leaves. */
const extendedOf = (name: string): string =>
  encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );

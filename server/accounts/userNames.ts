/** As `UserNameSchema` has it, with place for a number. */
const MAX_LENGTH = 56;
const NOBODYS = 'user';

/** The user name that is most like this: `Jürgen (IT)` becomes `jurgen-it`. */
export const userNameLike = (wish: string): string =>
  wish
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replaceAll(/^[._-]+|[._-]+$/g, '') || NOBODYS;

/** `ana`, `ana-2`, `ana-3` and so on. */
export const numbered = (name: string, number: number): string =>
  number === 1 ? name : `${name}-${number}`;

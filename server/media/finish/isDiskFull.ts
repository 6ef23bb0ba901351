import { statfs } from 'node:fs/promises';

/** With less space left, whatever failed did so for want of it: not every program says why. */
const FULL_BELOW_BYTES = 4 * 1024 * 1024;

/** Did it fail because there was no space for it in `folder`? */
export const isDiskFull = async (failure: unknown, folder: string): Promise<boolean> => {
  if (/ENOSPC|No space left/.test(String(failure))) return true;
  const space = await statfs(folder).catch(() => undefined);
  return space !== undefined && space.bavail * space.bsize < FULL_BELOW_BYTES;
};

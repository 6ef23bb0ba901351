import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { green, red, yellow } from './line.ts';
import type { Line } from './line.ts';

const gib = 1024 ** 3;
/** An hour of a large call recorded track by track is about a GiB. */
const tooLittleBytes = gib;
const littleBytes = 10 * gib;

/** Free space, and whether this user may write there. */
export function checkDisk(key: string, folder: string): Line {
  const what = key === 'DATA_DIR' ? 'data' : 'recordings';
  const place = existingParent(folder);
  try {
    accessSync(place, constants.W_OK);
  } catch {
    return red(
      what,
      `${place} can't be written`,
      `Make it writable for this user, or change ${key}.`,
    );
  }
  const { bavail, bsize } = statfsSync(place);
  const found = `${((bavail * bsize) / gib).toFixed(1)} GiB free at ${folder}`;
  if (bavail * bsize < tooLittleBytes) {
    return red(what, found, `Free some space, or set ${key} to a larger disk.`);
  }
  return bavail * bsize < littleBytes
    ? yellow(what, found, `Free some space, or set ${key} to a larger disk.`)
    : green(what, found);
}

/** The folder is made at the first start: until then its nearest parent answers for it. */
function existingParent(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder
    ? folder
    : existingParent(dirname(folder));
}

import { readdirSync, readlinkSync } from 'node:fs';

/** What this process, with all its threads, has open in a folder: whole paths. */
export const openFiles = (folder: string): string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(`${folder}/`) ? path : [];
    } catch {
      // Closed meanwhile.
      return [];
    }
  });

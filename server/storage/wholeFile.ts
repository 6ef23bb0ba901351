import { open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Replaces a file, whole or not at all, and only resolves once that is safely on disk. */
export const writeWhole = async (path: string, text: string): Promise<void> => {
  const draft = `${path}.new`;
  await using(await open(draft, 'w', 0o600), async (file) => {
    await file.writeFile(text);
    await file.sync();
  });
  await rename(draft, path);
  await syncFolder(dirname(path));
};

/** What was made, renamed or deleted in a folder is safe only once the folder itself is. */
export const syncFolder = async (path: string): Promise<void> =>
  using(await open(path, 'r'), (folder) => folder.sync());

const using = async (
  file: FileHandle,
  work: (file: FileHandle) => Promise<void>,
): Promise<void> => {
  try {
    await work(file);
  } finally {
    await file.close();
  }
};

import { mkdir, readdir, readFile, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Compile } from 'typebox/compile';
import { AppError } from '../base/AppError.ts';
import { FileNameSchema } from '../protocol/recordings.ts';
import { RecordingIdSchema, type RecordingId } from '../protocol/ids.ts';
import { LAYOUT, QUARANTINE } from '../recordings/layout.ts';
import { readRecord, type RecordingRecord } from '../recordings/RecordingRecord.ts';
import type { OpenFile, Space, Vault } from '../recordings/Vault.ts';
import { DiskFile } from './DiskFile.ts';
import { syncFolder, writeWhole } from './wholeFile.ts';

/** In front of the id while a folder is being made: until then it is no recording. */
const MAKING = '.making-';
/** In front of the id while a folder is being deleted: from then on it is no recording any more. */
const DELETING = '.deleting-';

const idCheck = Compile(RecordingIdSchema);
const nameCheck = Compile(FileNameSchema);

/** Recordings in a folder each, below one root that holds nothing else. */
export class DiskVault implements Vault {
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  static async create(root: string): Promise<DiskVault> {
    await mkdir(root, { recursive: true, mode: 0o750 });
    return new DiskVault(root);
  }

  async create(record: RecordingRecord): Promise<void> {
    const folder = this.#folder(record.id);
    const draft = join(this.#root, `${MAKING}${record.id}`);
    await mkdir(draft, { mode: 0o750 });
    await writeWhole(join(draft, LAYOUT.manifest), textOf(record));
    await rename(draft, folder).catch(async (error: unknown) => {
      await this.#delete(draft);
      throw error;
    });
    await syncFolder(this.#root);
  }

  /** One at a time of each recording: which of two came last would be chance. */
  async save(record: RecordingRecord): Promise<void> {
    await writeWhole(join(this.#folder(record.id), LAYOUT.manifest), textOf(record));
  }

  /** Deletes what `create` and `remove` could not finish. */
  async list(): Promise<{ id: RecordingId; record: RecordingRecord | undefined }[]> {
    const entries = await readdir(this.#root, { withFileTypes: true });
    const found: { id: RecordingId; record: RecordingRecord | undefined }[] = [];
    for (const entry of entries) {
      if (!entry.isDirectory()) continue;
      if (isHalf(entry.name)) await this.#delete(join(this.#root, entry.name));
      if (idCheck.Check(entry.name)) {
        found.push({ id: entry.name, record: await this.#read(entry.name) });
      }
    }
    return found;
  }

  async quarantine(id: RecordingId): Promise<void> {
    const shelf = join(this.#root, QUARANTINE);
    await mkdir(shelf, { recursive: true, mode: 0o750 });
    const taken = new Set(await readdir(shelf));
    let name: string = id;
    for (let n = 2; taken.has(name); n += 1) name = `${id}.${n}`;
    await rename(this.#folder(id), join(shelf, name));
    await syncFolder(shelf);
    await syncFolder(this.#root);
  }

  async remove(id: RecordingId): Promise<void> {
    const folder = this.#folder(id);
    const doomed = join(this.#root, `${DELETING}${id}`);
    // Of an earlier attempt; it would be in the way.
    await this.#delete(doomed);
    await rename(folder, doomed).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
    await syncFolder(this.#root);
    await this.#delete(doomed);
  }

  open(id: RecordingId, name: string): Promise<OpenFile> {
    return this.#open(id, LAYOUT.files, name);
  }

  async removeFile(id: RecordingId, name: string): Promise<void> {
    if (!nameCheck.Check(name)) return;
    const files = join(this.#folder(id), LAYOUT.files);
    await rm(join(files, name), { force: true });
    await syncFolder(files);
  }

  openPreview(id: RecordingId, name: string): Promise<OpenFile> {
    return this.#open(id, LAYOUT.preview, name);
  }

  async space(): Promise<Space> {
    const { bavail, blocks, bsize } = await statfs(this.#root);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  }

  async #open(id: RecordingId, place: string, name: string): Promise<OpenFile> {
    const file = nameCheck.Check(name)
      ? await DiskFile.open(join(this.#folder(id), place, name))
      : undefined;
    if (!file) throw new AppError('not_found', 'There is no such file.');
    return file;
  }

  async #read(id: RecordingId): Promise<RecordingRecord | undefined> {
    const path = join(this.#folder(id), LAYOUT.manifest);
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    const record = text === undefined ? undefined : readRecord(text);
    // A folder that somebody copied or renamed tells of another recording than its own.
    return record?.id === id ? record : undefined;
  }

  async #delete(path: string): Promise<void> {
    // Whoever still writes into it may add a file while it is being emptied.
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
    await syncFolder(this.#root);
  }

  /** The only place where an id becomes a path. */
  #folder(id: RecordingId): string {
    if (!idCheck.Check(id)) throw new AppError('not_found', 'There is no such recording.');
    return join(this.#root, id);
  }
}

const isHalf = (name: string): boolean => name.startsWith(MAKING) || name.startsWith(DELETING);

const textOf = (record: RecordingRecord): string => `${JSON.stringify(record, undefined, 2)}\n`;

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

import { EventEmitter } from 'node:events';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../../base/Clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { RecordingId } from '../../protocol/ids.ts';
import { LAYOUT } from '../../recordings/layout.ts';
import type {
  Tape,
  TapeEvents,
  TimedEvent,
  TrackInfo,
  TrackJournal,
} from '../../recordings/Tape.ts';
import { AppendFile } from './AppendFile.ts';
import type { SyncGate } from './SyncGate.ts';
import { TrackWriter } from './TrackWriter.ts';

/** A process that is killed loses what came within it; less costs more system calls. */
const WRITE_INTERVAL_MS = 50;
/** A machine that loses power loses what came within it; less wears the disk and slows it down. */
const SYNC_INTERVAL_MS = 1_000;

export interface DiskTapeOptions {
  readonly recordingId: RecordingId;
  /** Of the recording; it is there already. */
  readonly folder: string;
  /** The recording's own clock, ms. */
  readonly now: () => number;
  readonly segmentMs: number;
  readonly clock: Clock;
  readonly gate: SyncGate;
  readonly logger: Logger;
}

/** Writes a recording's folder: every 50 ms to the system, every second to the disk. */
export class DiskTape extends EventEmitter<TapeEvents> implements Tape {
  readonly #options: DiskTapeOptions;
  readonly #journals: string;
  readonly #events: AppendFile;
  readonly #files = new Set<AppendFile>();
  readonly #writers = new Set<TrackWriter>();
  /** How often a track has been taken up. */
  readonly #takes = new Map<string, number>();
  readonly #madeFolders = new Set<string>();
  /** Folders with entries that are not safe yet. */
  readonly #unsyncedFolders = new Set<string>();
  readonly #stopSyncing: () => void;
  #cancelWrite: (() => void) | undefined;
  #writing: Promise<void> | undefined;
  #syncing: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  #failed = false;
  #bytes = 0;
  #onDiskMs = 0;

  /** Rejects when the folder cannot be written to. */
  static async create(options: DiskTapeOptions): Promise<DiskTape> {
    const journals = join(options.folder, LAYOUT.journals);
    await mkdir(journals, { recursive: true });
    const events = join(options.folder, LAYOUT.events);
    await (await open(events, 'a')).close();
    await syncFolder(options.folder);
    return new DiskTape(options, journals, events);
  }

  private constructor(options: DiskTapeOptions, journals: string, events: string) {
    super();
    this.#options = options;
    this.#journals = journals;
    this.#events = this.#createFile(() => open(events, 'a'));
    this.#stopSyncing = options.clock.every(SYNC_INTERVAL_MS, () => void this.#sync());
  }

  get bytes(): number {
    return this.#bytes;
  }

  get onDiskMs(): number {
    return this.#onDiskMs;
  }

  journal(track: TrackInfo): TrackJournal {
    const take = (this.#takes.get(track.trackId) ?? 0) + 1;
    this.#takes.set(track.trackId, take);
    // One stream to a folder: taken up again a track has another SSRC and numbers of its own.
    const name = take === 1 ? track.trackId : `${track.trackId}.${take}`;
    const { recordingId, segmentMs, now, clock, logger } = this.#options;
    const writer = new TrackWriter({
      recordingId,
      track,
      folder: join(this.#journals, name),
      segmentMs,
      now,
      wallNow: () => clock.now(),
      createFile: (path, onWritten) => this.#createFile(() => this.#openSegment(path), onWritten),
      onQueued: () => this.#armWrite(),
      onOverflowed: () => {
        logger.warn({ track: track.trackId }, 'disk too slow, pictures were dropped');
        this.emit('overflowed', track.trackId);
      },
    });
    if (this.#ended) writer.close();
    else this.#writers.add(writer);
    return writer;
  }

  note(event: TimedEvent): void {
    if (this.#ended) return;
    this.#events.append(Buffer.from(`${JSON.stringify(event)}\n`));
    this.#armWrite();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  get #ended(): boolean {
    return this.#failed || this.#closing !== undefined;
  }

  #createFile(
    openFile: () => Promise<FileHandle>,
    onWritten?: (bytes: number) => void,
  ): AppendFile {
    const file = new AppendFile({
      open: openFile,
      onWritten: (bytes) => {
        this.#bytes += bytes;
        onWritten?.(bytes);
      },
    });
    this.#files.add(file);
    return file;
  }

  async #openSegment(path: string): Promise<FileHandle> {
    const folder = dirname(path);
    if (!this.#madeFolders.has(folder)) {
      await mkdir(folder, { recursive: true });
      this.#madeFolders.add(folder);
      this.#unsyncedFolders.add(this.#journals);
    }
    const handle = await open(path, 'ax');
    this.#unsyncedFolders.add(folder);
    return handle;
  }

  #armWrite(): void {
    if (this.#failed) return;
    this.#cancelWrite ??= this.#options.clock.after(WRITE_INTERVAL_MS, () => {
      this.#cancelWrite = undefined;
      // What came meanwhile waits for the next turn, which begins when this one is through.
      if (!this.#writing) void this.#write();
    });
  }

  /** Hands all that is queued at this moment to the system. */
  async #write(): Promise<void> {
    while (this.#writing) await this.#writing;
    if (this.#failed) return;
    this.#writing = this.#writeFiles();
    await this.#writing;
    this.#writing = undefined;
    if (this.#queued) this.#armWrite();
  }

  async #writeFiles(): Promise<void> {
    const writes: Promise<void>[] = [];
    for (const file of this.#files) if (file.queued) writes.push(file.write());
    for (const outcome of await Promise.allSettled(writes)) {
      if (outcome.status === 'rejected') this.#fail(outcome.reason);
    }
  }

  get #queued(): boolean {
    for (const file of this.#files) if (file.queued) return true;
    return false;
  }

  /** A disk that is slower than our seconds gets the next sync when it is through with this one. */
  #sync(): Promise<void> {
    this.#syncing ??= this.#syncAll().finally(() => {
      this.#syncing = undefined;
    });
    return this.#syncing;
  }

  async #syncAll(): Promise<void> {
    const takenMs = this.#options.now();
    await this.#write();
    if (this.#failed) return;
    try {
      await this.#syncFiles();
    } catch (error) {
      // What a failed sync did not get to the disk is gone from memory, too: there is no second try.
      this.#fail(error);
      return;
    }
    if (this.#failed) return;
    this.#onDiskMs = takenMs;
    this.emit('synced', takenMs);
  }

  async #syncFiles(): Promise<void> {
    const { gate } = this.#options;
    const files = [...this.#files].filter((file) => file.unsynced);
    await Promise.all(files.map((file) => gate.run(() => file.sync())));
    const folders = [...this.#unsyncedFolders];
    this.#unsyncedFolders.clear();
    await Promise.all(folders.map((folder) => gate.run(() => syncFolder(folder))));
    const finished = [...this.#files].filter((file) => file.finished);
    for (const file of finished) this.#files.delete(file);
    await Promise.all(finished.map((file) => file.close()));
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#stop();
    const cause = isFull(error) ? 'diskFull' : 'diskError';
    this.#options.logger.error({ err: error, cause }, 'recording cannot be written');
    this.emit('failed', cause);
  }

  #stop(): void {
    this.#stopSyncing();
    // Journals that are still held by somebody take nothing any more.
    for (const writer of this.#writers) writer.close();
    this.#writers.clear();
    this.#cancelWrite?.();
    this.#cancelWrite = undefined;
  }

  async #close(): Promise<void> {
    this.#stop();
    this.#events.end();
    await this.#syncing;
    await this.#sync();
    this.#cancelWrite?.();
    // Of what had failed this saves what it can, and promises nothing.
    const files = [...this.#files];
    const unsynced = files.filter((file) => file.unsynced);
    await Promise.allSettled(unsynced.map((file) => file.sync()));
    await Promise.allSettled(files.map((file) => file.close()));
    this.#files.clear();
  }
}

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, type Clock } from '../../server/base/Clock.ts';
import { createTapes, type TapesOptions } from '../../server/media/journal/createTapes.ts';
import { newId, type RecordingId } from '../../server/protocol/ids.ts';
import type { Tape } from '../../server/recordings/Tape.ts';
import { createLogger } from '../../server/base/logger.ts';

/** Tapes in a place of their own. */
export class JournalFolder {
  readonly recordingsDir: string;
  readonly recordingId: RecordingId = newId('rec');
  readonly #startedMs = performance.now();

  static async create(parent: string = tmpdir()): Promise<JournalFolder> {
    return new JournalFolder(await mkdtemp(join(parent, 'journals-')));
  }

  private constructor(recordingsDir: string) {
    this.recordingsDir = recordingsDir;
  }

  get folder(): string {
    return join(this.recordingsDir, this.recordingId);
  }

  /** The recording's own clock. */
  now = (): number => performance.now() - this.#startedMs;

  async open(
    options: Partial<TapesOptions> = {},
    clock: Clock = systemClock,
    now = this.now,
  ): Promise<Tape> {
    await mkdir(this.folder, { recursive: true });
    const { recordingsDir } = this;
    const openTape = createTapes({
      recordingsDir,
      clock,
      logger: createLogger('silent'),
      ...options,
    });
    return openTape(this.recordingId, now);
  }

  track(trackId: string): string {
    return join(this.folder, 'journals', trackId);
  }

  remove(): Promise<void> {
    return rm(this.recordingsDir, { recursive: true, force: true });
  }
}

import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FinishingThread } from '../../server/media/finish/FinishingThread.ts';
import { newId, type ParticipantId } from '../../server/protocol/ids.ts';
import type { RecordedFile } from '../../server/protocol/recordings.ts';
import type { Finished } from '../../server/recordings/Finisher.ts';
import { LAYOUT } from '../../server/recordings/layout.ts';
import type { RecordingRecord } from '../../server/recordings/RecordingRecord.ts';
import type { RecordingEvent, TimedEvent } from '../../server/recordings/Tape.ts';
import { aRecord } from './aRecord.ts';
import { journalOf, writeEvents, type JournalPlan, type SentTruth } from './journalOfTruth.ts';
import { ffmpegBin } from './truth/clip.ts';
import { decodeRecording, type Decoded } from './truth/decodeRecording.ts';

export interface StageOptions {
  readonly record?: Partial<RecordingRecord>;
  /** Instead of one of its own in the temporary folder; it is not removed. */
  readonly root?: string;
  readonly setprivBin?: string | undefined;
  /** Instead of the usual one. */
  readonly ffmpegBin?: string;
}

/** A recording made up for a test, in a folder of its own, and a finisher for it. */
export class Stage {
  readonly root: string;
  readonly record: RecordingRecord;
  readonly finisher: FinishingThread;
  readonly news: { readonly files: RecordedFile[]; readonly shares: number[] } = {
    files: [],
    shares: [],
  };
  readonly #events: TimedEvent[] = [];
  readonly #isOwnRoot: boolean;

  static async create({ record, root, ...rest }: StageOptions = {}): Promise<Stage> {
    const own = root ?? (await mkdtemp(join(tmpdir(), 'roomtone-finish-')));
    const stage = new Stage(
      own,
      aRecord({ startedAt: Date.UTC(2026, 0, 2, 3, 4, 5), ...record }),
      await FinishingThread.create({ folder: own, ffmpegBin: ffmpegBin(), ...rest }),
      root === undefined,
    );
    await mkdir(stage.folder);
    return stage;
  }

  private constructor(
    root: string,
    record: RecordingRecord,
    finisher: FinishingThread,
    isOwnRoot: boolean,
  ) {
    this.root = root;
    this.record = record;
    this.finisher = finisher;
    this.#isOwnRoot = isOwnRoot;
  }

  get folder(): string {
    return join(this.root, this.record.id);
  }

  file(name: string): string {
    return join(this.folder, LAYOUT.files, name);
  }

  /** Somebody comes, and what that person sends is told by `track`. */
  joins(name: string, atMs = 0): ParticipantId {
    const participantId = newId('part');
    this.note({ type: 'joined', participantId, name }, atMs);
    return participantId;
  }

  note(event: RecordingEvent, atMs: number): void {
    this.#events.push({ ...event, atMs });
  }

  /** Writes its journal and notes that it was published, and muted where nothing is sent. */
  async track(plan: Omit<JournalPlan, 'recordingId'> & { quiet?: boolean }): Promise<SentTruth[]> {
    const trackId = plan.trackId ?? crypto.randomUUID();
    const { participantId, source, sent, quiet = false } = plan;
    if (!quiet) {
      for (const [i, [fromMs, toMs]] of sent.entries()) {
        const back = { type: 'trackPaused', trackId, participantId, paused: false } as const;
        const first = { type: 'published', trackId, participantId, source, paused: false } as const;
        this.note(i === 0 ? first : back, fromMs);
        this.note({ type: 'trackPaused', trackId, participantId, paused: true }, toMs);
      }
    }
    return journalOf(this.folder, { ...plan, trackId, recordingId: this.record.id });
  }

  async stop(atMs?: number): Promise<void> {
    if (atMs !== undefined) this.note({ type: 'stopped', reason: 'stopped' }, atMs);
    await writeEvents(this.folder, this.#events);
  }

  finish(): Promise<Finished> {
    return this.finisher.finish(this.record, {
      onFile: (file) => this.news.files.push(file),
      onProgress: (share) => this.news.shares.push(share),
    });
  }

  decode(name: string): Promise<Decoded> {
    return decodeRecording(this.file(name));
  }

  async close(): Promise<void> {
    await this.finisher.close();
    if (this.#isOwnRoot) await rm(this.root, { recursive: true, force: true });
    else await rm(this.folder, { recursive: true, force: true });
  }
}

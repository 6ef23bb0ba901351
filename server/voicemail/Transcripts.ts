import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import { SerialQueue } from '../base/SerialQueue.ts';
import type { UserId, VoicemailId } from '../protocol/ids.ts';
import type { TranscriptSummary } from '../protocol/voicemail.ts';
import type { RecordingService } from '../recordings/RecordingService.ts';
import type { Mailboxes } from './Mailboxes.ts';
import type { Message } from './Message.ts';
import type { Transcriber, Transcript, TranscriptStore, Transcription } from './Transcript.ts';

/** After the n-th failure it is tried again so much later; after the last it has failed for good. */
const RETRY_AFTER_MS = [5_000, 30_000, 120_000, 600_000, 3_600_000];
/** What was delivered in the moment of a crash is found again for so long. */
const REMEMBERED_MS = 24 * 3_600_000;
/** What every speech service takes. */
const SOUND = 'recording.mp3';

const NONE: TranscriptSummary = { state: 'none', language: null };

export interface TranscriptsOptions {
  readonly store: TranscriptStore;
  readonly mailboxes: Mailboxes;
  readonly recordings: Pick<RecordingService, 'openFile'>;
  /** Undefined: nobody writes down what is said. */
  readonly transcriber: Transcriber | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What is said in messages, in writing: one after the other, tried again when it fails, also after a crash. */
export class Transcripts {
  readonly #options: TranscriptsOptions;
  readonly #work = new SerialQueue();
  readonly #closing = new AbortController();
  #cancelWake: (() => void) | undefined;

  constructor(options: TranscriptsOptions) {
    this.#options = options;
    if (!options.transcriber) return;
    options.mailboxes.on('arrived', (message) => {
      this.#expect(message).then(() => this.wake(), this.#complain);
    });
  }

  /** To be called once, at the start. */
  async recover(): Promise<void> {
    const { store, transcriber, clock } = this.#options;
    if (!transcriber) return;
    for (const message of await store.missing(clock.now() - REMEMBERED_MS)) {
      await this.#expect(message);
    }
    this.wake();
  }

  /** AppError `not_found`, for what is somebody else's alike. */
  async get(
    mailbox: UserId,
    id: VoicemailId,
  ): Promise<TranscriptSummary & Pick<Transcription, 'words'> & { text: string | null }> {
    const { mailboxes, store } = this.#options;
    await mailboxes.get(mailbox, id);
    const { state = 'none', transcription } = (await store.get(id)) ?? {};
    const { text = null, language = null, words = [] } = transcription ?? {};
    return { state, language, text, words };
  }

  /** Of each, in their order. */
  async of(messages: readonly Message[]): Promise<TranscriptSummary[]> {
    const known = await this.#options.store.of(messages.map(({ id }) => id));
    return messages.map(({ id }) => known.get(id) ?? NONE);
  }

  /** Does what is due. */
  wake(): void {
    this.#work.run(() => this.#doDue()).catch(this.#complain);
  }

  /** Idempotent. What is not done is at the next start. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#cancelWake?.();
    await this.#work.run(() => Promise.resolve());
  }

  readonly #complain = (error: unknown): void => {
    this.#options.logger.error({ err: error }, 'transcripts');
  };

  async #expect(message: Message): Promise<void> {
    const { store, clock } = this.#options;
    const transcription = (await store.sameSound(message)) ?? null;
    const state = transcription ? 'ready' : 'pending';
    const begin = { attempts: 0, dueAt: clock.now() };
    await store.add({ messageId: message.id, state, transcription, ...begin });
  }

  async #doDue(): Promise<void> {
    const { store, clock } = this.#options;
    this.#cancelWake?.();
    for (;;) {
      if (this.#closing.signal.aborted) return;
      const next = await store.next();
      if (!next) return;
      const waitMs = next.transcript.dueAt - clock.now();
      if (waitMs > 0) {
        this.#cancelWake = clock.after(waitMs, () => this.wake());
        return;
      }
      await this.#do(next.transcript, next.message);
    }
  }

  async #do(transcript: Transcript, message: Message): Promise<void> {
    const { store, clock, logger, mailboxes } = this.#options;
    const retryMs = RETRY_AFTER_MS[transcript.attempts];
    // First, so that a sound that takes the server down with it is not tried for ever.
    const begun: Transcript = {
      ...transcript,
      attempts: transcript.attempts + 1,
      dueAt: clock.now() + (retryMs ?? 0),
    };
    await store.put(retryMs === undefined ? { ...begun, state: 'failed' } : begun);
    try {
      const transcription = await this.#transcribe(message);
      await store.put({ ...begun, state: 'ready', transcription });
      logger.info({ message: message.id }, 'transcribed');
    } catch (error) {
      // A server that is stopped in good order is no fault of the sound.
      if (this.#closing.signal.aborted) return store.put(transcript);
      logger.warn({ message: message.id, err: error }, 'not transcribed');
      if (retryMs !== undefined) return;
    }
    mailboxes.transcribed(message);
  }

  async #transcribe({ recordingId, files, durationMs }: Message): Promise<Transcription> {
    const { recordings, transcriber } = this.#options;
    const sound = files.find(({ name }) => name === SOUND);
    if (recordingId === null || !sound || !transcriber) throw new Error('There is no sound of it');
    const { file } = await recordings.openFile(recordingId, SOUND);
    try {
      return await transcriber.transcribe(
        {
          name: SOUND,
          type: sound.type,
          bytes: file.bytes,
          durationMs: sound.durationMs ?? durationMs,
          read: () => file.read(),
        },
        this.#closing.signal,
      );
    } finally {
      await file.close();
    }
  }
}

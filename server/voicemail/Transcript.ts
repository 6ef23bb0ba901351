import type { Readable } from 'node:stream';
import type { VoicemailId } from '../protocol/ids.ts';
import type { TranscriptSummary, TranscriptWord } from '../protocol/voicemail.ts';
import type { Message } from './Message.ts';

/** What was said in a message, in writing. Times are of the sound that is played. */
export interface Transcription {
  readonly text: string;
  /** BCP 47; null: not known. */
  readonly language: string | null;
  readonly words: readonly TranscriptWord[];
}

export interface SpokenSound {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly bytes: number;
  readonly durationMs: number;
  read(): Readable;
}

/** Whoever hears what is said. */
export interface Transcriber {
  /** Rejects when nothing came of it; it may be asked again. */
  transcribe(sound: SpokenSound, signal: AbortSignal): Promise<Transcription>;
}

/** Of a message that is to have one. */
export interface Transcript {
  readonly messageId: VoicemailId;
  readonly state: Exclude<TranscriptSummary['state'], 'none'>;
  /** How often it was begun: also by a server that did not come to its end. */
  readonly attempts: number;
  /** Not before this time, while it is pending. */
  readonly dueAt: number;
  readonly transcription: Transcription | null;
}

export interface TranscriptStore {
  /** Nothing when there is one already, or the message is gone. */
  add(transcript: Transcript): Promise<void>;
  /** Replaces it; nothing when its message is gone. */
  put(transcript: Transcript): Promise<void>;
  get(id: VoicemailId): Promise<Transcript | undefined>;
  /** Those that there are. */
  of(ids: readonly VoicemailId[]): Promise<ReadonlyMap<VoicemailId, TranscriptSummary>>;
  /** Of the pending ones the one that is due first, with its message. */
  next(): Promise<{ transcript: Transcript; message: Message } | undefined>;
  /** What was made of the same sound: it was in another mailbox before. */
  sameSound(message: Message): Promise<Transcription | undefined>;
  /** Delivered since then, and never thought of. */
  missing(since: number): Promise<Message[]>;
}

import type { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import type { Kind, Source } from '../protocol/media.ts';
import type { ParticipantId, RecordingId } from '../protocol/ids.ts';
import type { StopReason } from '../protocol/recordings.ts';

/** Whose media a journal holds and how it is encoded: enough to read it without anything else. */
export interface TrackInfo {
  /** Id of the track (its producer's). */
  readonly trackId: string;
  readonly participantId: ParticipantId;
  readonly participantName: string;
  readonly source: Source;
  readonly kind: Kind;
  /** As it arrives: first codec, encodings and header extensions say how to read the packets. */
  readonly rtpParameters: types.RtpParameters;
}

/** What happened in the room, a line each in `events.ndjson`. `atMs`: on the recording's own clock. */
export type RecordingEvent =
  | { type: 'joined'; participantId: ParticipantId; name: string }
  | { type: 'left'; participantId: ParticipantId }
  | {
      type: 'published';
      trackId: string;
      participantId: ParticipantId;
      source: Source;
      paused: boolean;
    }
  | { type: 'unpublished'; trackId: string; participantId: ParticipantId }
  /** Muted, or camera off; and back. */
  | { type: 'trackPaused'; trackId: string; participantId: ParticipantId; paused: boolean }
  | { type: 'speaker'; participantId: ParticipantId | null }
  /** Of the recording as a whole. */
  | { type: 'paused' }
  | { type: 'resumed' }
  | { type: 'stopped'; reason: StopReason }
  /** The worker died; tracks begin anew. */
  | { type: 'mediaMoved' }
  | { type: 'told'; participantId: ParticipantId }
  | { type: 'consent'; participantId: ParticipantId; agreed: boolean };

export type TimedEvent = RecordingEvent & { readonly atMs: number };

/** Packets of one track on their way to the disk. All times: ms on the recording's own clock. */
export interface TrackJournal {
  /** `rtp`: a whole packet. Takes ownership of the buffer. Never throws, never waits. */
  packet(rtp: Buffer, atMs: number): void;
  /** Sender report of this stream: at `ntpMs` of the worker's clock its RTP time was `rtpTimestamp`. */
  senderReport(report: { rtpTimestamp: number; ntpMs: number }, atMs: number): void;
  /** No more will come. Idempotent. */
  close(): void;
}

export type TapeEvents = {
  /** After each sync that got through. All that arrived before `onDiskMs` is safe. */
  synced: [onDiskMs: number];
  /** Nothing more can be written; what was synced before is safe. Once. */
  failed: [cause: 'diskFull' | 'diskError'];
  /** A video journal could not keep up and drops pictures until the next whole one. */
  overflowed: [trackId: string];
};

/** The folder of a running recording, being written. */
export interface Tape extends EventEmitter<TapeEvents> {
  /** Bytes written so far. */
  readonly bytes: number;
  /** Everything handed in before this moment (`nowMs` then) has been on disk since; 0: nothing yet. */
  readonly onDiskMs: number;
  journal(track: TrackInfo): TrackJournal;
  note(event: TimedEvent): void;
  /** Writes and syncs what is left. Idempotent, never rejects: `failed` told before what went wrong. */
  close(): Promise<void>;
}

/** Begins to write into the folder that `Vault.create` made. `now`: the recording's own clock, ms. */
export type OpenTape = (id: RecordingId, now: () => number) => Promise<Tape>;

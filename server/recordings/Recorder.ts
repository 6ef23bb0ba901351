import { EventEmitter } from 'node:events';
import type { Logger } from '../base/logger.ts';
import { newId, type ParticipantId } from '../protocol/ids.ts';
import type { Source } from '../protocol/media.ts';
import type { Notification, ParticipantState } from '../protocol/signaling.ts';
import type { Capture, MediaRoom } from '../rooms/MediaRoom.ts';
import type { LeaveReason, Member, MemberId, Track } from '../rooms/Member.ts';
import type { RecordingEvent, Tape, TrackJournal } from './Tape.ts';

export interface RecorderOptions {
  readonly media: MediaRoom;
  readonly tape: Tape;
  /** The recording's own clock, ms. */
  readonly now: () => number;
  readonly joinedAt: number;
  /** May this person be recorded? */
  readonly mayRecord: (participantId: ParticipantId) => boolean;
  /** What is written down; undefined: whatever is offered. */
  readonly sources: ReadonlySet<Source> | undefined;
  readonly logger: Logger;
}

export type RecorderEvents = {
  /** The room sent it away. */
  closed: [reason: LeaveReason];
};

interface Taken {
  readonly track: Track;
  capture: Capture | undefined;
  journal: TrackJournal | undefined;
}

/** The member of a room that writes down what it is offered. The room does not know that it does. */
export class Recorder extends EventEmitter<RecorderEvents> implements Member {
  readonly id: MemberId = newId('part');
  readonly name = 'Recorder';
  readonly role = 'guest';
  readonly identity = null;
  readonly userId = null;
  readonly visible = false;
  readonly connection = 'connected';
  readonly joinedAt: number;
  readonly #options: RecorderOptions;
  readonly #names = new Map<ParticipantId, string>();
  readonly #offered = new Map<string, Track>();
  readonly #taken = new Map<string, Taken>();
  #media: MediaRoom;
  #paused = false;
  #closed = false;

  constructor(options: RecorderOptions) {
    super();
    this.#options = options;
    this.#media = options.media;
    this.joinedAt = options.joinedAt;
  }

  /** Who is there when it begins. */
  meet(participants: readonly ParticipantState[]): void {
    for (const participant of participants) {
      this.#meet(participant);
      for (const { id: trackId, participantId, source, paused } of participant.tracks) {
        this.#note({ type: 'published', trackId, participantId, source, paused });
      }
    }
  }

  offer(track: Track): void {
    this.#offered.set(track.id, track);
    this.#take(track);
  }

  retract(track: Track): void {
    this.#offered.delete(track.id);
    this.#release(track.id);
  }

  renew(track: Track): void {
    this.#taken.get(track.id)?.capture?.requestKeyFrame();
  }

  /** A track could not be written as fast as it came: a whole picture, please. */
  renewTrack(trackId: string): void {
    this.#taken.get(trackId)?.capture?.requestKeyFrame();
  }

  notify(notification: Notification): void {
    const { name, data } = notification;
    if (name === 'participantJoined') this.#meet(data);
    else if (name === 'participantLeft') this.#note({ type: 'left', ...data });
    else if (name === 'trackPublished') {
      const { id: trackId, participantId, source, paused } = data;
      this.#note({ type: 'published', trackId, participantId, source, paused });
    } else if (name === 'trackUnpublished') this.#note({ type: 'unpublished', ...data });
    else if (name === 'trackPaused') this.#note({ type: 'trackPaused', ...data });
    else if (name === 'activeSpeakerChanged') this.#note({ type: 'speaker', ...data });
  }

  moveTo(media: MediaRoom): void {
    this.#media = media;
    this.#note({ type: 'mediaMoved' });
  }

  close(reason: LeaveReason): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const trackId of this.#taken.keys()) this.#release(trackId);
    this.emit('closed', reason);
  }

  /** Nothing is kept until `resume`. */
  pause(): void {
    this.#paused = true;
    this.#note({ type: 'paused' });
    for (const { capture } of this.#taken.values()) capture?.pause();
  }

  resume(): void {
    this.#note({ type: 'resumed' });
    this.#paused = false;
    for (const { capture } of this.#taken.values()) capture?.resume();
  }

  /** Somebody agreed to be recorded, or took it back: from now on. */
  consentChanged(participantId: ParticipantId, agreed: boolean): void {
    this.#note({ type: 'consent', participantId, agreed });
    for (const track of this.#offered.values()) {
      if (track.memberId !== participantId) continue;
      if (agreed) this.#take(track);
      else this.#release(track.id);
    }
  }

  #meet({ id: participantId, name }: ParticipantState): void {
    this.#names.set(participantId, name);
    this.#note({ type: 'joined', participantId, name });
    // Whoever is in the room has heard: by the notice to all, or by the answer to their join.
    this.#note({ type: 'told', participantId });
  }

  #take(track: Track): void {
    const { mayRecord, sources, logger } = this.#options;
    if (sources && !sources.has(track.source)) return;
    if (this.#closed || this.#taken.has(track.id) || !mayRecord(track.memberId)) return;
    const taken: Taken = { track, capture: undefined, journal: undefined };
    this.#taken.set(track.id, taken);
    this.#media.capture(track.producer).then(
      (capture) => this.#write(taken, capture),
      (error: unknown) => {
        this.#taken.delete(track.id);
        if (!track.producer.closed) logger.error({ err: error, track: track.id }, 'not recorded');
      },
    );
  }

  #write(taken: Taken, capture: Capture): void {
    const { track } = taken;
    if (this.#taken.get(track.id) !== taken) {
      capture.close();
      return;
    }
    const { tape, now } = this.#options;
    const journal = tape.journal({
      trackId: track.id,
      participantId: track.memberId,
      participantName: this.#names.get(track.memberId) ?? '',
      source: track.source,
      kind: track.kind,
      rtpParameters: capture.rtpParameters,
    });
    taken.capture = capture;
    taken.journal = journal;
    capture.on('packet', (rtp) => {
      // What was on its way when somebody pressed Pause is not kept either.
      if (!this.#paused) journal.packet(rtp, now());
    });
    capture.on('senderReport', (report) => journal.senderReport(report, now()));
    capture.once('closed', () => this.#release(track.id));
    if (!this.#paused) capture.resume();
  }

  #release(trackId: string): void {
    const taken = this.#taken.get(trackId);
    if (!taken) return;
    this.#taken.delete(trackId);
    taken.capture?.close();
    taken.journal?.close();
  }

  #note(event: RecordingEvent): void {
    if (!this.#closed) this.#options.tape.note({ ...event, atMs: this.#options.now() });
  }
}

import type { types } from 'mediasoup';
import type { Notification, Role, TrackState } from '../protocol/signaling.ts';
import type { Kind, Source } from '../protocol/media.ts';
import type { ParticipantId, UserId } from '../protocol/ids.ts';
import type { MediaRoom } from './MediaRoom.ts';

export type MemberId = ParticipantId;

/** Why somebody is no longer in a room. */
export type LeaveReason =
  | 'left'
  | 'gone'
  | 'removed'
  | 'expired'
  /** The same person came in on another device. */
  | 'replaced'
  | 'ended'
  | 'shutdown';

/** Something a member sends and the others can take. Its id is its producer's. */
export interface Track {
  readonly id: string;
  readonly memberId: MemberId;
  readonly kind: Kind;
  readonly source: Source;
  readonly producer: types.Producer;
  /** Pixels of the largest layer (video). */
  readonly width: number | undefined;
  readonly height: number | undefined;
  paused: boolean;
}

/** Everyone in a room: a browser's participant, and later recorders, greeters, phones. */
export interface Member {
  readonly id: MemberId;
  readonly name: string;
  readonly role: Role;
  /** Of the token that let it in; null: came without one. */
  readonly identity: string | null;
  /** Who came signed in, without a token. */
  readonly userId: UserId | null;
  readonly joinedAt: number;
  /** Do the others see this member? */
  readonly visible: boolean;
  readonly connection: 'connected' | 'reconnecting' | 'lost';
  /** A track is there to be taken; taking it is the member's own affair. */
  offer(track: Track): void;
  /** The track is gone. */
  retract(track: Track): void;
  /** Its packets may have been lost for a while: begin it anew. */
  renew(track: Track): void;
  notify(event: Notification): void;
  /** The room's media was lost and begins anew on `media`: every track is gone. */
  moveTo(media: MediaRoom): void;
  /** Idempotent. Called by the room once the member is out. */
  close(reason: LeaveReason): void;
}

export const trackState = (track: Track): TrackState => ({
  id: track.id,
  participantId: track.memberId,
  kind: track.kind,
  source: track.source,
  paused: track.paused,
});

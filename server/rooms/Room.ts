import { EventEmitter } from 'node:events';
import { matchesHash } from '../accounts/secret.ts';
import { AppError } from '../base/AppError.ts';
import type { RoomId, UserId } from '../protocol/ids.ts';
import type { RecordingSettings } from '../protocol/recordings.ts';
import type { Notification, ParticipantState, RoomState } from '../protocol/signaling.ts';
import type { AudioLevel, MediaRoom } from './MediaRoom.ts';
import { trackState, type LeaveReason, type Member, type MemberId, type Track } from './Member.ts';
import type { RoomRecord } from './RoomStore.ts';
import { Voices } from './Voices.ts';

export type RoomEvents = {
  memberJoined: [member: Member];
  memberLeft: [member: Member, reason: LeaveReason];
  /** Its settings are others now. */
  changed: [];
};

/** Undefined members stay as they are. */
export interface RoomPatch {
  readonly locked?: boolean | undefined;
  readonly listed?: boolean | undefined;
  readonly recording?: Partial<RecordingSettings> | undefined;
}

export interface RoomOptions extends RoomRecord {
  /** Of people; members that nobody sees take nobody's place. */
  readonly maxParticipants: number;
}

export interface Admission {
  /** Owner, moderators, and whoever a token lets in come through a locked door. */
  readonly evenIfLocked: boolean;
}

/** Who is together, and what each of them sends. Knows no sockets and makes no media. */
export class Room extends EventEmitter<RoomEvents> {
  readonly id: RoomId;
  readonly name: string;
  readonly createdAt: number;
  readonly ownerSecretHash: Buffer;
  readonly #maxParticipants: number;
  readonly #members = new Map<MemberId, Member>();
  readonly #tracks = new Map<string, Track>();
  #ownerId: UserId | null;
  #locked: boolean;
  #listed: boolean;
  #recording: RecordingSettings;
  #activeSpeakerId: MemberId | null = null;
  readonly #voices = new Voices(this.#tracks);
  #media: MediaRoom | undefined;
  #ended = false;

  constructor(options: RoomOptions) {
    super();
    this.id = options.id;
    this.name = options.name;
    this.createdAt = options.createdAt;
    this.ownerSecretHash = options.ownerSecretHash;
    this.#ownerId = options.ownerId;
    this.#maxParticipants = options.maxParticipants;
    this.#locked = options.locked;
    this.#listed = options.listed;
    this.#recording = options.recording;
  }

  /** Whose it is by their account; null: of whoever holds the secret, and nobody else. */
  get ownerId(): UserId | null {
    return this.#ownerId;
  }

  get locked(): boolean {
    return this.#locked;
  }

  get listed(): boolean {
    return this.#listed;
  }

  /** How it is recorded. */
  get recording(): RecordingSettings {
    return this.#recording;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get empty(): boolean {
    return this.#members.size === 0;
  }

  get participantCount(): number {
    return this.#visible().length;
  }

  get activeSpeakerId(): MemberId | null {
    return this.#activeSpeakerId;
  }

  get state(): RoomState {
    return {
      id: this.id,
      name: this.name,
      locked: this.#locked,
      listed: this.#listed,
      recording: this.#recording,
    };
  }

  /** Everybody visible with their tracks, in order of arrival. */
  participants(): ParticipantState[] {
    const tracks = [...this.#tracks.values()];
    return this.#visible().map((member) => participantState(member, tracks));
  }

  /** Those who came with a token of this identity. */
  membersOf(identity: string): Member[] {
    return [...this.#members.values()].filter((member) => member.identity === identity);
  }

  isOwner(secret: string): boolean {
    return matchesHash(secret, this.ownerSecretHash);
  }

  /** AppError `room_locked`, `room_full` or `not_found` when a newcomer cannot come in now. */
  admit({ evenIfLocked }: Admission): void {
    if (this.#ended) throw new AppError('not_found', 'This room has ended');
    if (this.#locked && !evenIfLocked) throw new AppError('room_locked', 'This room is locked');
    if (this.participantCount >= this.#maxParticipants) {
      throw new AppError('room_full', 'This room is full');
    }
  }

  join(member: Member): void {
    this.#members.set(member.id, member);
    // Whoever is not seen gives nobody anything to notice.
    if (member.visible) {
      this.#voices.retell();
      this.#tell({ name: 'participantJoined', data: participantState(member, []) }, member);
    }
    this.emit('memberJoined', member);
  }

  /** Idempotent: somebody who is not here leaves nothing behind. */
  leave(member: Member, reason: LeaveReason): void {
    if (!this.#members.delete(member.id)) return;
    for (const track of this.#tracks.values()) {
      if (track.memberId === member.id) this.#drop(track);
    }
    member.close(reason);
    if (member.visible) this.#tell({ name: 'participantLeft', data: { participantId: member.id } });
    this.emit('memberLeft', member, reason);
  }

  /** AppError `not_found` when nobody visible has this id. */
  remove(memberId: string): void {
    const member = this.#members.get(memberId as MemberId);
    if (!member?.visible) throw new AppError('not_found', 'No such participant');
    this.leave(member, 'removed');
  }

  /** Everybody is sent away; nobody can come in again. */
  end(reason: LeaveReason): void {
    this.#ended = true;
    for (const member of this.#members.values()) this.leave(member, reason);
  }

  update({ locked, listed, recording }: RoomPatch): RoomState {
    this.#locked = locked ?? this.#locked;
    this.#listed = listed ?? this.#listed;
    this.#recording = { ...this.#recording, ...recording };
    this.#tell({ name: 'roomChanged', data: this.state });
    this.emit('changed');
    return this.state;
  }

  /** Is somebody else's from now on, with all that will be recorded in it. */
  passTo(ownerId: UserId | null): void {
    if (ownerId === this.#ownerId) return;
    this.#ownerId = ownerId;
    this.emit('changed');
  }

  /** Tells everybody who is here. */
  announce(notification: Notification): void {
    this.#tell(notification);
  }

  /** AppError `wrong_state` when the track or its member is gone already. */
  publish(track: Track): void {
    if (track.producer.closed || !this.#members.has(track.memberId)) {
      track.producer.close();
      throw new AppError('wrong_state', 'The track ended before it was published');
    }
    this.#tracks.set(track.id, track);
    this.#tell({ name: 'trackPublished', data: trackState(track) });
    for (const member of this.#members.values()) {
      if (member.id !== track.memberId) member.offer(track);
    }
  }

  /**
   * Offers a member all that the others send, once it can receive. Pictures first: they take longest
   * to appear, and each negotiation before theirs delays them.
   */
  offerTracksTo(member: Member): void {
    const others = [...this.#tracks.values()].filter((track) => track.memberId !== member.id);
    const pictures = others.filter((track) => track.kind === 'video');
    const sounds = others.filter((track) => track.kind === 'audio');
    for (const track of [...pictures, ...sounds]) member.offer(track);
  }

  /**
   * A member is back from where no packet came through: whole pictures, to it and from it. Browsers
   * wait up to 3 s before they ask for one.
   */
  renewTracks(member: Member): void {
    for (const track of this.#tracks.values()) {
      for (const receiver of track.memberId === member.id ? this.#members.values() : [member]) {
        receiver.renew(track);
      }
    }
  }

  /** AppError `not_found` for a track that is not this member's. */
  unpublish(member: Member, trackId: string): void {
    this.#drop(this.#ownTrack(member, trackId));
  }

  /** AppError `not_found` for a track that is not this member's. */
  async pauseTrack(member: Member, trackId: string, paused: boolean): Promise<void> {
    const track = this.#ownTrack(member, trackId);
    track.paused = paused;
    this.#tell({
      name: 'trackPaused',
      data: { participantId: track.memberId, trackId, paused },
    });
    await (paused ? track.producer.pause() : track.producer.resume()).catch((error: unknown) => {
      if (!track.producer.closed) throw error;
      throw new AppError('not_found', 'The track ended meanwhile', { cause: error });
    });
  }

  /** A member's line came or went. */
  connectionChanged(member: Member): void {
    if (!member.visible) return;
    const { id: participantId, connection } = member;
    this.#tell({ name: 'participantChanged', data: { participantId, connection } }, member);
  }

  get media(): MediaRoom | undefined {
    return this.#media;
  }

  /**
   * The room has media from now on, or (`undefined`) no more. All tracks of the media before are
   * gone, and whoever is here moves along.
   */
  setMedia(media: MediaRoom | undefined): void {
    this.#media = media;
    // Told one by one: whoever moves first may publish again before the last has heard of it.
    for (const track of this.#tracks.values()) this.#drop(track);
    this.#activeSpeakerId = null;
    if (!media) return;
    media.on('audioLevels', (levels) => this.#hear(levels));
    media.on('dominantVoiceChanged', (trackId) => {
      this.#voices.setDominant(trackId);
      this.#followDominantVoice();
    });
    for (const member of this.#members.values()) member.moveTo(media);
  }

  #visible(): Member[] {
    return [...this.#members.values()].filter((member) => member.visible);
  }

  #ownTrack(member: Member, trackId: string): Track {
    const track = this.#tracks.get(trackId);
    if (track?.memberId !== member.id) throw new AppError('not_found', 'No such track');
    return track;
  }

  #drop(track: Track): void {
    this.#tracks.delete(track.id);
    this.#voices.forget(track.id);
    track.producer.close();
    for (const member of this.#members.values()) member.retract(track);
    const { id: trackId, memberId: participantId } = track;
    this.#tell({ name: 'trackUnpublished', data: { participantId, trackId } });
    if (this.#activeSpeakerId === participantId && track.source === 'microphone') {
      this.#setActiveSpeaker(null);
    }
  }

  #hear(levels: readonly AudioLevel[]): void {
    const heard = this.#voices.hear(levels, this.#members.size);
    if (heard) this.#tell({ name: 'audioLevels', data: { levels: heard } });
    this.#followDominantVoice();
  }

  #followDominantVoice(): void {
    const { dominant } = this.#voices;
    if (dominant) this.#setActiveSpeaker(dominant.memberId);
  }

  #setActiveSpeaker(memberId: MemberId | null): void {
    if (memberId === this.#activeSpeakerId) return;
    this.#activeSpeakerId = memberId;
    this.#tell({ name: 'activeSpeakerChanged', data: { participantId: memberId } });
  }

  #tell(notification: Notification, except?: Member): void {
    for (const member of this.#members.values()) {
      if (member !== except) member.notify(notification);
    }
  }
}

const participantState = (member: Member, tracks: readonly Track[]): ParticipantState => ({
  id: member.id,
  name: member.name,
  role: member.role,
  connection: member.connection,
  joinedAt: new Date(member.joinedAt).toISOString(),
  tracks: tracks.filter((track) => track.memberId === member.id).map(trackState),
});

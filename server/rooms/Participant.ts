import type { types } from 'mediasoup';
import { AppError } from '../base/AppError.ts';
import type { Logger } from '../base/logger.ts';
import { CLOSE_CODE, type CloseCode } from '../protocol/errors.ts';
import { newId, type UserId } from '../protocol/ids.ts';
import type { IceServer, MediaSession } from '../protocol/media.ts';
import type {
  ClientRequestData,
  Connection,
  Notification,
  Role,
  View,
} from '../protocol/signaling.ts';
import { MediaLink, type MediaLinkOptions } from './MediaLink.ts';
import type { MediaRoom } from './MediaRoom.ts';
import type { LeaveReason, Member, MemberId, Track } from './Member.ts';
import { Wire } from './Wire.ts';

export interface ParticipantOptions {
  readonly name: string;
  readonly role: Role;
  readonly identity: string | null;
  readonly userId: UserId | null;
  readonly canPublish: boolean;
  readonly canSubscribe: boolean;
  /** Absent: the others see them. */
  readonly visible?: boolean;
  readonly joinedAt: number;
  /** STUN and TURN servers for this participant, with credentials that are good now. */
  readonly iceServers: (id: MemberId) => IceServer[];
  readonly logger: Logger;
}

/** The member behind a browser: who it is, the wire to it and its link to the room's media. */
export class Participant implements Member {
  readonly id: MemberId;
  readonly name: string;
  readonly role: Role;
  readonly identity: string | null;
  readonly userId: UserId | null;
  readonly joinedAt: number;
  readonly visible: boolean;
  readonly canPublish: boolean;
  readonly wire: Wire;
  connection: Connection = 'connected';
  readonly #canSubscribe: boolean;
  readonly #iceServers: (id: MemberId) => IceServer[];
  readonly #linkOptions: MediaLinkOptions;
  /** Where the room's media is; while a link to it is being built, `#link` is the dead one. */
  #media: MediaRoom;
  #link: MediaLink;
  #closed = false;

  static async create(media: MediaRoom, options: ParticipantOptions): Promise<Participant> {
    const id = newId('part');
    const linkOptions = { wire: new Wire(), logger: options.logger.child({ participant: id }) };
    const link = await MediaLink.create(media, linkOptions);
    return new Participant(id, { media, link, linkOptions }, options);
  }

  private constructor(
    id: MemberId,
    parts: { media: MediaRoom; link: MediaLink; linkOptions: MediaLinkOptions },
    options: ParticipantOptions,
  ) {
    this.id = id;
    this.name = options.name;
    this.role = options.role;
    this.identity = options.identity;
    this.userId = options.userId;
    this.visible = options.visible ?? true;
    this.joinedAt = options.joinedAt;
    this.canPublish = options.canPublish;
    this.wire = parts.linkOptions.wire;
    this.#canSubscribe = options.canSubscribe;
    this.#iceServers = options.iceServers;
    this.#linkOptions = parts.linkOptions;
    this.#media = parts.media;
    this.#link = parts.link;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Does the client's network path answer, whatever became of its socket? */
  get mediaAlive(): boolean {
    return this.#link.alive;
  }

  /** Its network path answered once, and does so no more. */
  get mediaBroken(): boolean {
    return this.#link.broken;
  }

  get mediaSession(): MediaSession {
    return { ...this.#link.session, iceServers: this.#iceServers(this.id) };
  }

  connectTransport(data: ClientRequestData<'connectTransport'>): Promise<void> {
    return this.#link.connect(data);
  }

  async restartIce(
    transportId: string,
  ): Promise<{ iceParameters: types.IceParameters; iceServers: IceServer[] }> {
    const iceParameters = await this.#link.restartIce(transportId);
    return { iceParameters, iceServers: this.#iceServers(this.id) };
  }

  /**
   * AppError `wrong_state` when said twice in one media session or while it moves, `not_found` when
   * it was meant for the session before.
   */
  receive(data: ClientRequestData<'receive'>): void {
    this.#link.receive(data);
  }

  /**
   * Begins to send a track. AppError `forbidden` without the grant, `wrong_state` when the source
   * is published already or the media is on the move, `not_found` when it was meant for the session
   * before, `bad_request` for RTP that the room does not speak.
   */
  async publish(data: ClientRequestData<'publish'>): Promise<Track> {
    if (!this.canPublish) throw new AppError('forbidden', 'You may not send in this room');
    return this.#link.publish(this.id, data);
  }

  /** Takes the client's word for what it shows, and sends it that and no more. */
  setView(view: View): void {
    this.#link.reception.setView(view);
  }

  /** After a resume: what the client never agreed to is offered again. */
  repeatOffers(): void {
    this.#link.reception.repeatOffers();
  }

  offer(track: Track): void {
    if (this.#canSubscribe) this.#link.reception.offer(track);
  }

  retract(track: Track): void {
    this.#link.reception.retract(track);
  }

  renew(track: Track): void {
    this.#link.reception.renew(track);
  }

  notify(notification: Notification): void {
    this.wire.notify(notification);
  }

  moveTo(media: MediaRoom): void {
    this.#media = media;
    this.#link.close();
    MediaLink.create(media, this.#linkOptions).then(
      (link) => this.#follow(media, link),
      (error: unknown) => {
        // The media is lost again, and the room moves on: that brings another call.
        if (this.#media === media && !this.#closed)
          this.#linkOptions.logger.warn({ err: error }, 'cannot follow');
      },
    );
  }

  close(reason: LeaveReason): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#link.close();
    this.wire.close(...LEAVE_CLOSE[reason]);
  }

  #follow(media: MediaRoom, link: MediaLink): void {
    if (this.#closed || this.#media !== media) {
      link.close();
      return;
    }
    this.#link = link;
    this.notify({ name: 'mediaMoved', data: this.mediaSession });
  }
}

const LEAVE_CLOSE: Record<LeaveReason, [code: CloseCode, reason: string]> = {
  left: [CLOSE_CODE.normal, 'Left'],
  gone: [CLOSE_CODE.normal, 'Away too long'],
  removed: [CLOSE_CODE.removed, 'Removed from the room'],
  ended: [CLOSE_CODE.removed, 'The room was ended'],
  replaced: [CLOSE_CODE.replaced, 'Gone on elsewhere'],
  expired: [CLOSE_CODE.expired, 'The token ran out'],
  shutdown: [CLOSE_CODE.restart, 'The server restarts'],
};

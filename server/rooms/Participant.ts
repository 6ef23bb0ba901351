import type { types } from 'mediasoup';
import { AppError } from '../base/AppError.ts';
import type { Logger } from '../base/logger.ts';
import { SerialQueue } from '../base/SerialQueue.ts';
import { CLOSE_CODE, type CloseCode } from '../protocol/errors.ts';
import { newId } from '../protocol/ids.ts';
import {
  SOURCE_KIND,
  type IceServer,
  type MediaSession,
  type Source,
  type TransportInfo,
} from '../protocol/media.ts';
import type {
  ClientRequestData,
  Connection,
  Notification,
  Role,
  View,
} from '../protocol/signaling.ts';
import type { Channel } from './Channel.ts';
import type { MediaRoom } from './MediaRoom.ts';
import type { LeaveReason, Member, MemberId, Track } from './Member.ts';
import { Subscription, type TileView } from './Subscription.ts';

export interface ParticipantOptions {
  readonly name: string;
  readonly role: Role;
  readonly canPublish: boolean;
  readonly canSubscribe: boolean;
  readonly joinedAt: number;
  /** STUN and TURN servers for this participant, with credentials that are good now. */
  readonly iceServers: (id: MemberId) => IceServer[];
  readonly logger: Logger;
}

interface Transports {
  readonly media: MediaRoom;
  readonly send: types.WebRtcTransport;
  readonly receive: types.WebRtcTransport;
}

/** The member behind a browser: its transports, what it sends and what it receives. */
export class Participant implements Member {
  readonly id: MemberId = newId('part');
  readonly name: string;
  readonly role: Role;
  readonly joinedAt: number;
  readonly visible = true;
  readonly canPublish: boolean;
  readonly #canSubscribe: boolean;
  readonly #iceServers: (id: MemberId) => IceServer[];
  readonly #logger: Logger;

  #transports: Transports;
  #channel: Channel | undefined;
  #connection: Connection = 'connected';
  #closed = false;
  /** The transports are dead and the next ones are not there yet. */
  #moving = false;
  /** What the client can receive on the present transports; tracks are offered once it is known. */
  #rtpCapabilities: types.RtpCapabilities | undefined;
  #subscriptions = new Map<string, Subscription>();
  #publishing = new Set<Source>();
  #view: Map<string, TileView> | undefined;
  /** Media steps of this participant, one after another; anew with each media session. */
  #steps = new SerialQueue();

  static async create(media: MediaRoom, options: ParticipantOptions): Promise<Participant> {
    return new Participant(await createTransports(media), options);
  }

  private constructor(transports: Transports, options: ParticipantOptions) {
    this.name = options.name;
    this.role = options.role;
    this.joinedAt = options.joinedAt;
    this.canPublish = options.canPublish;
    this.#canSubscribe = options.canSubscribe;
    this.#iceServers = options.iceServers;
    this.#logger = options.logger.child({ participant: this.id });
    this.#transports = transports;
  }

  get connection(): Connection {
    return this.#connection;
  }

  set connection(connection: Connection) {
    this.#connection = connection;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Does the client's network path answer, whatever became of its socket? */
  get mediaAlive(): boolean {
    const { send, receive } = this.#transports;
    return [send, receive].some(
      ({ iceState }) => iceState === 'connected' || iceState === 'completed',
    );
  }

  get mediaSession(): MediaSession {
    const { media, send, receive } = this.#transports;
    return {
      id: media.id,
      rtpCapabilities: media.rtpCapabilities,
      iceServers: this.#iceServers(this.id),
      send: transportInfo(send),
      receive: transportInfo(receive),
    };
  }

  /** Speaks through `channel` from now on; an older one is closed as replaced. */
  attach(channel: Channel): void {
    this.#channel?.close(CLOSE_CODE.replaced, 'Opened on a newer connection');
    this.#channel = channel;
  }

  /** False for a channel that a newer one has replaced. */
  speaksThrough(channel: Channel): boolean {
    return this.#channel === channel;
  }

  /** The channel is gone. False when a newer one has taken its place. */
  detach(channel: Channel): boolean {
    if (this.#channel !== channel) return false;
    this.#channel = undefined;
    return true;
  }

  /** After a resume: what the client never agreed to is offered again. */
  repeatOffers(): void {
    for (const subscription of this.#subscriptions.values()) {
      if (!subscription.accepted) this.#invite(subscription);
    }
  }

  /**
   * AppError `wrong_state` when said twice in one media session or while it moves, `not_found` when
   * it was meant for the session before.
   */
  receive({ rtpCapabilities, transportId }: ClientRequestData<'receive'>): void {
    if (this.#moving) throw new AppError('wrong_state', 'The media is moving');
    if (transportId !== undefined) this.#transport(transportId);
    if (this.#rtpCapabilities) throw new AppError('wrong_state', 'Already receiving');
    this.#rtpCapabilities = rtpCapabilities;
  }

  async connectTransport({
    transportId,
    dtlsParameters,
  }: ClientRequestData<'connectTransport'>): Promise<void> {
    const transport = this.#transport(transportId);
    if (transport.dtlsState !== 'new') throw new AppError('wrong_state', 'Already connected');
    await transport.connect({ dtlsParameters }).catch((error: unknown) => {
      throw new AppError('wrong_state', 'The transport cannot connect now', { cause: error });
    });
  }

  async restartIce(
    transportId: string,
  ): Promise<{ iceParameters: types.IceParameters; iceServers: IceServer[] }> {
    const iceParameters = await this.#transport(transportId)
      .restartIce()
      .catch((error: unknown) => {
        throw new AppError('wrong_state', 'The transport is gone', { cause: error });
      });
    return { iceParameters, iceServers: this.#iceServers(this.id) };
  }

  /**
   * Begins to send a track. AppError `forbidden` without the grant, `wrong_state` when the source
   * is published already or the media is on the move, `not_found` when it was meant for the session
   * before, `bad_request` for RTP that the room does not speak.
   */
  async publish(data: ClientRequestData<'publish'>): Promise<Track> {
    if (!this.canPublish) throw new AppError('forbidden', 'You may not send in this room');
    if (this.#publishing.has(data.source)) {
      throw new AppError('wrong_state', `There is a ${data.source} track already`);
    }
    if (data.transportId !== undefined) this.#transport(data.transportId);
    const publishing = this.#publishing;
    publishing.add(data.source);
    try {
      const producer = await this.#produce(data);
      producer.observer.once('close', () => publishing.delete(data.source));
      return {
        id: producer.id,
        memberId: this.id,
        kind: producer.kind,
        source: data.source,
        producer,
        width: data.width,
        height: data.height,
        paused: data.paused,
      };
    } catch (error) {
      publishing.delete(data.source);
      throw error;
    }
  }

  /** Takes the client's word for what it shows, and sends it that and no more. */
  setView(view: View): void {
    this.#view = new Map(view.map(({ trackId, width, height }) => [trackId, { width, height }]));
    for (const subscription of this.#subscriptions.values()) {
      subscription.show(this.#viewOf(subscription.track));
    }
  }

  offer(track: Track): void {
    if (!this.#rtpCapabilities || !this.#canSubscribe) return;
    const rtpCapabilities = this.#rtpCapabilities;
    const { receive, media } = this.#transports;
    this.#run('offer', async () => {
      if (track.producer.closed || this.#subscriptions.has(track.id)) return;
      if (!media.canConsume(track.id, rtpCapabilities)) return;
      const consumer = await receive.consume({
        producerId: track.id,
        rtpCapabilities,
        paused: true,
      });
      // The worker's answer and either end can cross.
      if (track.producer.closed || receive.closed) consumer.close();
      if (consumer.closed) return;
      const subscription = new Subscription(track, consumer, this.#viewOf(track), this.#logger);
      this.#subscriptions.set(track.id, subscription);
      consumer.observer.once('close', () => this.#subscriptions.delete(track.id));
      consumer.on('layerschange', (layers) => {
        const spatialLayer = layers?.spatialLayer ?? null;
        this.notify({ name: 'layerChanged', data: { trackId: track.id, spatialLayer } });
      });
      this.#invite(subscription);
    });
  }

  retract(track: Track): void {
    this.#subscriptions.get(track.id)?.close();
  }

  notify(notification: Notification): void {
    this.#channel?.notify(notification);
  }

  moveTo(media: MediaRoom): void {
    this.#steps.close();
    this.#steps = new SerialQueue();
    this.#rtpCapabilities = undefined;
    this.#subscriptions = new Map();
    this.#publishing = new Set();
    this.#view = undefined;
    this.#moving = true;
    const steps = this.#steps;
    this.#run('move', async () => {
      const transports = await createTransports(media);
      if (this.#closed || this.#steps !== steps) {
        closeTransports(transports);
        return;
      }
      closeTransports(this.#transports);
      this.#transports = transports;
      this.#moving = false;
      this.notify({ name: 'mediaMoved', data: this.mediaSession });
    });
  }

  close(reason: LeaveReason): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#steps.close();
    closeTransports(this.#transports);
    this.#channel?.close(...LEAVE_CLOSE[reason]);
    this.#channel = undefined;
  }

  #viewOf(track: Track): TileView {
    if (track.kind === 'audio' || !this.#view) return 'everything';
    return this.#view.get(track.id) ?? 'nothing';
  }

  #invite(subscription: Subscription): void {
    const { track, consumer } = subscription;
    this.#channel
      ?.request('offerTrack', {
        trackId: track.id,
        participantId: track.memberId,
        kind: track.kind,
        source: track.source,
        consumerId: consumer.id,
        rtpParameters: consumer.rtpParameters,
      })
      .then(
        () => subscription.accept(),
        (error: unknown) => this.#logger.debug({ err: error }, 'offer not taken'),
      );
  }

  #transport(id: string): types.WebRtcTransport {
    const { send, receive } = this.#transports;
    const transport = [send, receive].find((candidate) => candidate.id === id);
    if (!transport) throw new AppError('not_found', 'No such transport');
    return transport;
  }

  async #produce({
    source,
    rtpParameters,
    paused,
  }: ClientRequestData<'publish'>): Promise<types.Producer> {
    const { media, send } = this.#transports;
    const kind = SOURCE_KIND[source];
    // mediasoup takes a picture for a voice without complaint.
    if (!rtpParameters.codecs.every(({ mimeType }) => mimeType.startsWith(`${kind}/`))) {
      throw new AppError('bad_request', `A ${source} sends ${kind}`);
    }
    const producer = await send.produce({ kind, rtpParameters, paused }).catch((error: unknown) => {
      const code = send.closed ? 'wrong_state' : 'bad_request';
      throw new AppError(code, 'This track cannot be sent here', { cause: error });
    });
    try {
      if (source === 'microphone') await media.observe(producer);
      if (!send.closed) return producer;
    } catch (error) {
      if (!send.closed) {
        producer.close();
        throw error;
      }
    }
    producer.close();
    throw new AppError('wrong_state', 'The transport closed meanwhile');
  }

  #run(what: string, step: () => Promise<void>): void {
    this.#steps.run(step).catch((error: unknown) => {
      const { send } = this.#transports;
      if (!this.#closed && !send.closed) this.#logger.warn({ err: error }, `${what} failed`);
    });
  }
}

const LEAVE_CLOSE: Record<LeaveReason, [code: CloseCode, reason: string]> = {
  left: [CLOSE_CODE.normal, 'Left'],
  gone: [CLOSE_CODE.normal, 'Away too long'],
  removed: [CLOSE_CODE.removed, 'Removed from the room'],
  ended: [CLOSE_CODE.removed, 'The room was ended'],
  expired: [CLOSE_CODE.expired, 'The token ran out'],
  shutdown: [CLOSE_CODE.restart, 'The server restarts'],
};

/** Both or none: when one fails the other is closed. */
const createTransports = async (media: MediaRoom): Promise<Transports> => {
  const sending = media.createTransport();
  const receiving = media.createTransport();
  try {
    const [send, receive] = await Promise.all([sending, receiving]);
    return { media, send, receive };
  } catch (error) {
    for (const made of await Promise.allSettled([sending, receiving])) {
      if (made.status === 'fulfilled') made.value.close();
    }
    throw error;
  }
};

const closeTransports = ({ send, receive }: Transports): void => {
  send.close();
  receive.close();
};

const transportInfo = (transport: types.WebRtcTransport): TransportInfo => ({
  id: transport.id,
  iceParameters: transport.iceParameters,
  iceCandidates: transport.iceCandidates,
  dtlsParameters: transport.dtlsParameters,
});

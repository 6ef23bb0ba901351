import type { types } from 'mediasoup';
import { AppError } from '../base/AppError.ts';
import {
  SOURCE_KIND,
  type MediaSession,
  type Source,
  type TransportInfo,
} from '../protocol/media.ts';
import type { ClientRequestData } from '../protocol/signaling.ts';
import type { MediaRoom } from './MediaRoom.ts';
import type { MemberId, Track } from './Member.ts';
import { Reception, type ReceptionOptions } from './Reception.ts';

export type MediaLinkOptions = Omit<ReceptionOptions, 'media' | 'transport'>;

/**
 * Chromium ignores who asks for a whole picture within 300 ms of the one before, and mediasoup asks
 * again after a second only: of three who come together the last would wait that long.
 */
const KEY_FRAME_REQUEST_DELAY_MS = 400;

/** Everything of a participant that lives as long as one media session. */
export class MediaLink {
  readonly reception: Reception;
  readonly #media: MediaRoom;
  readonly #send: types.WebRtcTransport;
  readonly #receive: types.WebRtcTransport;
  readonly #connected = new Set<types.WebRtcTransport>();
  /** Sources that are published, or about to be. */
  readonly #sources = new Set<Source>();
  #closed = false;

  /** Both transports or none: when one fails the other is closed. */
  static async create(media: MediaRoom, options: MediaLinkOptions): Promise<MediaLink> {
    const sending = media.createTransport();
    const receiving = media.createTransport();
    try {
      const [send, receive] = await Promise.all([sending, receiving]);
      return new MediaLink(media, send, receive, options);
    } catch (error) {
      for (const made of await Promise.allSettled([sending, receiving])) {
        if (made.status === 'fulfilled') made.value.close();
      }
      throw error;
    }
  }

  private constructor(
    media: MediaRoom,
    send: types.WebRtcTransport,
    receive: types.WebRtcTransport,
    options: MediaLinkOptions,
  ) {
    this.#media = media;
    this.#send = send;
    this.#receive = receive;
    this.reception = new Reception({ ...options, media, transport: receive });
  }

  /** Does the client's network path answer, whatever became of its socket? */
  get alive(): boolean {
    return [this.#send, this.#receive].some(
      ({ iceState }) => iceState === 'connected' || iceState === 'completed',
    );
  }

  /** The client's network path answered once, and does so no more. */
  get broken(): boolean {
    return [this.#send, this.#receive].some(({ iceState }) => iceState === 'disconnected');
  }

  /** What the client builds its half by. */
  get session(): Omit<MediaSession, 'iceServers'> {
    return {
      id: this.#media.id,
      rtpCapabilities: this.#media.rtpCapabilities,
      send: transportInfo(this.#send),
      receive: transportInfo(this.#receive),
    };
  }

  async connect({
    transportId,
    dtlsParameters,
  }: ClientRequestData<'connectTransport'>): Promise<void> {
    const transport = this.#transport(transportId);
    // Not by its DTLS state: that moves on with the client's first packet, which may come first.
    if (this.#connected.has(transport)) throw new AppError('wrong_state', 'Already connected');
    this.#connected.add(transport);
    await transport.connect({ dtlsParameters }).catch((error: unknown) => {
      throw new AppError('wrong_state', 'The transport cannot connect now', { cause: error });
    });
  }

  restartIce(transportId: string): Promise<types.IceParameters> {
    return this.#transport(transportId)
      .restartIce()
      .catch((error: unknown) => {
        throw new AppError('wrong_state', 'The transport is gone', { cause: error });
      });
  }

  /**
   * AppError `wrong_state` when it has begun already or the session is over, `not_found` when it was
   * meant for another one.
   */
  receive({ rtpCapabilities, transportId }: ClientRequestData<'receive'>): void {
    if (this.#closed) throw new AppError('wrong_state', 'The media is moving');
    if (transportId !== undefined) this.#transport(transportId);
    this.reception.begin(rtpCapabilities);
  }

  /** Begins to send a track. Throws as `Participant.publish` says. */
  async publish(memberId: MemberId, data: ClientRequestData<'publish'>): Promise<Track> {
    const { source, width, height, paused, transportId } = data;
    if (this.#sources.has(source)) {
      throw new AppError('wrong_state', `There is a ${source} track already`);
    }
    if (transportId !== undefined) this.#transport(transportId);
    this.#sources.add(source);
    try {
      const producer = await this.#produce(data);
      producer.observer.once('close', () => this.#sources.delete(source));
      return {
        id: producer.id,
        memberId,
        kind: producer.kind,
        source,
        producer,
        width,
        height,
        paused,
      };
    } catch (error) {
      this.#sources.delete(source);
      throw error;
    }
  }

  /** Idempotent. */
  close(): void {
    this.#closed = true;
    this.reception.close();
    this.#send.close();
    this.#receive.close();
  }

  #transport(id: string): types.WebRtcTransport {
    const transport = [this.#send, this.#receive].find((candidate) => candidate.id === id);
    if (!transport) throw new AppError('not_found', 'No such transport');
    return transport;
  }

  async #produce({
    source,
    rtpParameters,
    paused,
  }: ClientRequestData<'publish'>): Promise<types.Producer> {
    const kind = SOURCE_KIND[source];
    // mediasoup takes a picture for a voice without complaint.
    if (!rtpParameters.codecs.every(({ mimeType }) => mimeType.startsWith(`${kind}/`))) {
      throw new AppError('bad_request', `A ${source} sends ${kind}`);
    }
    const producer = await this.#send
      .produce({ kind, rtpParameters, paused, keyFrameRequestDelay: KEY_FRAME_REQUEST_DELAY_MS })
      .catch((error: unknown) => {
        const code = this.#send.closed ? 'wrong_state' : 'bad_request';
        throw new AppError(code, 'This track cannot be sent here', { cause: error });
      });
    try {
      if (source === 'microphone') await this.#media.observe(producer);
    } catch (error) {
      producer.close();
      if (!this.#send.closed) throw error;
    }
    if (this.#send.closed) throw new AppError('wrong_state', 'The transport closed meanwhile');
    return producer;
  }
}

const transportInfo = (transport: types.WebRtcTransport): TransportInfo => ({
  id: transport.id,
  iceParameters: transport.iceParameters,
  iceCandidates: transport.iceCandidates,
  dtlsParameters: transport.dtlsParameters,
});

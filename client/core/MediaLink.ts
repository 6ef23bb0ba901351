import type { Device } from 'mediasoup-client';
import type { MediaSession, Source } from '../../server/protocol/media.ts';
import type { ParticipantState } from '../../server/protocol/signaling.ts';
import type { Clock } from './clock.ts';
import { IceKeeper } from './IceKeeper.ts';
import { insist, isPassing } from './insist.ts';
import type { Request } from './Line.ts';
import type { Transport } from './mediasoup.ts';
import { Publisher, type PublisherOptions } from './Publisher.ts';
import { Receiver, type ReceiverOptions, type TrackOffer } from './Receiver.ts';
import { planSending, type SendingOptions } from './sending.ts';
import { isLineFault, SignalingError } from './SignalingError.ts';

export interface MediaLinkOptions {
  readonly session: MediaSession;
  readonly device: (rtpCapabilities: MediaSession['rtpCapabilities']) => Promise<Device>;
  readonly request: Request;
  readonly clock: Clock;
  readonly sending: SendingOptions;
  readonly receiver: Omit<ReceiverOptions, 'transport'>;
  readonly publisher: Omit<PublisherOptions, 'transport' | 'clock' | 'request' | 'plan'>;
  readonly onTransportState: (state: Transport['connectionState']) => void;
  /** This browser cannot take part at all. */
  readonly onUnusable: (error: unknown) => void;
}

interface Parts {
  readonly publisher: Publisher;
  readonly receiver: Receiver;
  readonly transports: readonly Transport[];
  readonly keepers: readonly IceKeeper[];
}

/** A request to be made once in a session. */
interface Question {
  readonly ask: () => Promise<unknown>;
  asking: boolean;
}

/** Everything that lives as long as one media session: two transports and what they carry. */
export class MediaLink {
  readonly id: string;
  readonly #options: MediaLinkOptions;
  readonly #ready: Promise<Parts | null>;
  /** Requests to be made once in this session, until the server has answered them. */
  readonly #unanswered = new Map<string, Question>();
  #parts: Parts | null = null;
  #closed = false;

  constructor(options: MediaLinkOptions) {
    this.#options = options;
    this.id = options.session.id;
    this.#ready = this.#build().catch((error: unknown) => {
      if (!this.#closed) options.onUnusable(error);
      return null;
    });
  }

  get parts(): Pick<Parts, 'publisher' | 'receiver' | 'transports'> | null {
    return this.#parts;
  }

  /**
   * Is this the session we are in? Whoever had to join anew may be on the same router as before,
   * but has other transports there.
   */
  isFor({ id, send, receive }: MediaSession): boolean {
    const { session } = this.#options;
    return id === session.id && send.id === session.send.id && receive.id === session.receive.id;
  }

  /** Has media come from the server since this was last asked? */
  hasMediaCome(): boolean {
    return this.#parts?.receiver.hasMediaCome() ?? false;
  }

  /** The tracks that live and die with this session, as far as it has dealt with them. */
  trackIds(): ReadonlySet<string> {
    const { publisher, receiver } = this.#parts ?? {};
    return new Set([...(publisher?.trackIds() ?? []), ...(receiver?.trackIds() ?? [])]);
  }

  /** Resolves when the source is sent as wanted, or this session is over. */
  async sync(source: Source): Promise<void> {
    const parts = await this.#ready;
    if (!this.#closed) await parts?.publisher.sync(source);
  }

  async accept(offer: TrackOffer): Promise<void> {
    const parts = await this.#ready;
    if (!parts || this.#closed) throw new Error('the media session is over');
    await parts.receiver.accept(offer);
  }

  drop(trackId: string): void {
    this.#parts?.receiver.drop(trackId);
  }

  /** The same session on a new socket: say again what was lost and drop what is gone. */
  async resumed(participants: readonly ParticipantState[], selfId: string): Promise<void> {
    const parts = await this.#ready;
    if (!parts || this.#closed) return;
    for (const [key, question] of this.#unanswered) this.#settle(key, question);
    const tracks = participants.flatMap((participant) => participant.tracks);
    parts.receiver.keepOnly(new Set(tracks.map(({ id }) => id)));
    for (const keeper of parts.keepers) keeper.check();
    await parts.publisher.reconcile(tracks.filter(({ participantId }) => participantId === selfId));
  }

  restartIce(): void {
    for (const keeper of this.#parts?.keepers ?? []) keeper.restartSoon();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const parts = this.#parts;
    if (!parts) return;
    parts.publisher.close();
    for (const keeper of parts.keepers) keeper.close();
    parts.receiver.close();
    for (const transport of parts.transports) transport.close();
  }

  async #build(): Promise<Parts | null> {
    const { session, request, clock, sending } = this.#options;
    const device = await this.#options.device(session.rtpCapabilities);
    if (this.#closed) return null;
    const { recvRtpCapabilities: rtpCapabilities } = device;
    const { iceServers } = session;
    this.#once('receive', () =>
      request('receive', { rtpCapabilities, transportId: session.receive.id }),
    );
    const send = device.createSendTransport({ ...session.send, iceServers });
    const receive = device.createRecvTransport({ ...session.receive, iceServers });
    const transports = [send, receive];
    for (const transport of transports) this.#connect(transport);
    const codecs = device.sendRtpCapabilities.codecs ?? [];
    this.#parts = {
      transports,
      keepers: transports.map((transport) => this.#keep(transport)),
      receiver: new Receiver({ ...this.#options.receiver, transport: receive }),
      publisher: new Publisher({
        ...this.#options.publisher,
        transport: send,
        clock,
        request,
        plan: (source, size) => planSending(source, codecs, sending, size),
      }),
    };
    return this.#parts;
  }

  #connect(transport: Transport): void {
    transport.on('connect', ({ dtlsParameters }, done) => {
      const transportId = transport.id;
      this.#once(transportId, () =>
        this.#options.request('connectTransport', { transportId, dtlsParameters }),
      );
      // ICE and DTLS begin meanwhile: the server checks the fingerprint when it has both.
      done();
    });
  }

  #keep(transport: Transport): IceKeeper {
    const { clock, request, onTransportState } = this.#options;
    return new IceKeeper({
      transport,
      clock,
      onStateChanged: onTransportState,
      restart: async () => {
        const answer = await request('restartIce', { transportId: transport.id });
        if (transport.closed) return;
        if (answer.iceServers.length > 0) await transport.updateIceServers(answer);
        await transport.restartIce(answer);
      },
    });
  }

  /** Asks until there is an answer, over as many sockets as it takes. */
  #once(key: string, ask: () => Promise<unknown>): void {
    const question: Question = { ask, asking: false };
    this.#unanswered.set(key, question);
    this.#settle(key, question);
  }

  #settle(key: string, question: Question): void {
    if (question.asking) return;
    question.asking = true;
    this.#answer(key, question).catch((error: unknown) => {
      question.asking = false;
      const passes = isLineFault(error) || isPassing(error);
      if (!passes && !this.#closed) this.#options.onUnusable(error);
    });
  }

  async #answer(key: string, { ask }: Question): Promise<void> {
    const { clock } = this.#options;
    await insist(() => ask().catch(unlessHeard), { clock, wanted: () => !this.#closed });
    this.#unanswered.delete(key);
  }
}

/** Said twice: it had been heard, and only the answer was lost. */
const unlessHeard = (error: unknown): void => {
  if (!(error instanceof SignalingError && error.code === 'wrong_state')) throw error;
};

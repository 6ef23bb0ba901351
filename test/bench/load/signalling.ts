import { RELAXED_PING_INTERVAL_MS } from '../../../client/core/SignalingClient.ts';
import type { types } from 'mediasoup';
import type { ServerRequestData, Snapshot } from '../../../server/protocol/signaling.ts';
import type { SideName } from '../hosts/sides.ts';
import { LeanSocket } from './LeanSocket.ts';
import { MediaPath, type RemoteTransport } from './MediaPath.ts';

export interface IncomingStream {
  readonly kind: types.MediaKind;
  readonly rtpParameters: types.RtpParameters;
}

export interface OutgoingStream extends IncomingStream {
  readonly source: 'microphone' | 'camera';
}

export type ChooseCapabilities = (of: types.RtpCapabilities) => types.RtpCapabilities;

/** How to get media in and out of a server, the product or the bare one. */
export interface Signalling {
  publish(streams: readonly OutgoingStream[]): Promise<MediaPath>;
  /** Takes all that is published; packets flow from then on. */
  receive(choose: ChooseCapabilities): Promise<{ path: MediaPath; streams: IncomingStream[] }>;
  close(): void;
}

export const openSignalling = (side: SideName, url: string): Promise<Signalling> =>
  side === 'ours' ? Promise.resolve(new OurSignalling(url)) : BareSignalling.open(url);

/** The bare server: one socket for all, as nothing of it is to be counted. */
class BareSignalling implements Signalling {
  readonly #socket: LeanSocket;

  static async open(url: string): Promise<BareSignalling> {
    return new BareSignalling(await LeanSocket.open(url));
  }

  private constructor(socket: LeanSocket) {
    this.#socket = socket;
  }

  async publish(streams: readonly OutgoingStream[]): Promise<MediaPath> {
    const { transport, path } = await this.#connect();
    for (const { kind, rtpParameters } of streams) {
      const data = { transportId: transport.id, kind, rtpParameters };
      await this.#socket.request('publish', data);
    }
    return path;
  }

  async receive(
    choose: ChooseCapabilities,
  ): Promise<{ path: MediaPath; streams: IncomingStream[] }> {
    const { transport, path, rtpCapabilities } = await this.#connect();
    const wanted = { transportId: transport.id, rtpCapabilities: choose(rtpCapabilities) };
    const reply = await this.#socket.request('consume', wanted);
    await this.#socket.request('resume', { transportId: transport.id });
    return { path, streams: (reply as { consumers: IncomingStream[] }).consumers };
  }

  close(): void {
    this.#socket.close();
  }

  async #connect() {
    const opened = (await this.#socket.request('open', {})) as {
      rtpCapabilities: types.RtpCapabilities;
      transport: RemoteTransport;
    };
    const transportId = opened.transport.id;
    const path = await MediaPath.connect(opened.transport, async (dtlsParameters) => {
      await this.#socket.request('connectTransport', { transportId, dtlsParameters });
    });
    return { ...opened, path };
  }
}

/** The product: a socket and a participant for each client, as its users have. */
class OurSignalling implements Signalling {
  readonly #url: string;
  readonly #sockets: LeanSocket[] = [];

  constructor(url: string) {
    this.#url = url;
  }

  async publish(streams: readonly OutgoingStream[]): Promise<MediaPath> {
    const { socket, snapshot } = await this.#join();
    const path = await this.#connect(socket, snapshot.media.send);
    for (const { source, rtpParameters } of streams) {
      await socket.request('publish', { source, rtpParameters, paused: false });
    }
    return path;
  }

  async receive(
    choose: ChooseCapabilities,
  ): Promise<{ path: MediaPath; streams: IncomingStream[] }> {
    const { socket, snapshot } = await this.#join();
    const expected = snapshot.participants.flatMap(({ tracks }) => tracks).length;
    const streams: IncomingStream[] = [];
    const offered = new Promise<void>((resolve) => {
      socket.onRequest = (_method, data) => {
        streams.push(data as ServerRequestData<'offerTrack'>);
        if (streams.length === expected) resolve();
      };
    });
    const rtpCapabilities = choose(snapshot.media.rtpCapabilities);
    await socket.request('receive', { rtpCapabilities });
    const path = await this.#connect(socket, snapshot.media.receive);
    await offered;
    return { path, streams };
  }

  close(): void {
    for (const socket of this.#sockets) socket.close();
  }

  async #join(): Promise<{ socket: LeanSocket; snapshot: Snapshot }> {
    const socket = await LeanSocket.open(this.#url);
    this.#sockets.push(socket);
    const snapshot = await socket.request('join', { room: 'bench', name: 'Bench' });
    socket.repeat('ping', RELAXED_PING_INTERVAL_MS);
    return { socket, snapshot: snapshot as Snapshot };
  }

  #connect(socket: LeanSocket, transport: RemoteTransport): Promise<MediaPath> {
    return MediaPath.connect(transport, async (dtlsParameters) => {
      await socket.request('connectTransport', { transportId: transport.id, dtlsParameters });
    });
  }
}

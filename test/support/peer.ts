import { Device } from 'mediasoup-client';
import {
  MediaStream,
  MediaStreamTrack as WeriftTrack,
  RTCPeerConnection,
  RTCRtpSender,
  RTCRtpTransceiver,
  RTCSessionDescription,
  type RtpPacket,
} from 'werift';
import { WebSocket } from 'ws';
import { RoomClient } from '../../client/core/RoomClient.ts';
import type { RoomClientOptions } from '../../client/core/roomClientOptions.ts';
import { createCallStore, type CallStore } from '../../client/core/store.ts';
import type { Source } from '../../server/protocol/media.ts';
import { ClipPlayer, clipOf, toneOf } from './peerMedia.ts';

/** werift forgets to begin ICE again after a restart once DTLS stands; this reminds it. */
const connect = RTCPeerConnection.prototype['connect'];
RTCPeerConnection.prototype['connect'] = async function restartable(this: RTCPeerConnection) {
  for (const { state, iceTransport } of this.dtlsTransports) {
    if (state === 'connected' && !iceTransport.connection.nominated) await iceTransport.start();
  }
  await connect.call(this);
};

/** From NTP's zero in 1900 to the one of 1970 (RFC 5905). */
const NTP_EPOCH_MS = 2_208_988_800_000;

const ntpNow = (): bigint => {
  const ms = performance.timeOrigin + performance.now() + NTP_EPOCH_MS;
  const fraction = Math.floor((ms % 1000) * (2 ** 32 / 1000));
  return (BigInt(Math.floor(ms / 1000)) << 32n) | BigInt(fraction);
};

/** werift's sender reports have decimals where NTP has 2^-32 s, and are off by up to a second. */
const dispatch = RTCRtpSender.prototype['dispatchRtp'];
RTCRtpSender.prototype['dispatchRtp'] = function punctual(this: RTCRtpSender, rtp: RtpPacket) {
  const sent = dispatch.call(this, rtp);
  this['ntpTimestamp'] = ntpNow();
  return sent;
};

// mediasoup-client looks for these where a browser has them.
Object.assign(globalThis, {
  RTCPeerConnection,
  MediaStream,
  RTCRtpTransceiver,
  RTCSessionDescription,
});

export interface PeerOptions extends Partial<Omit<RoomClientOptions, 'store' | 'url'>> {
  /** Of the server: `http://localhost:3000`. */
  readonly url: string;
  readonly room: string;
  readonly name: string;
}

/** A participant in Node: the real client on werift, sending what ffmpeg encoded beforehand. */
export class Peer {
  readonly store: CallStore;
  readonly client: RoomClient;
  /** Every socket it has opened, the newest last; tests cut them. */
  readonly sockets: WebSocket[] = [];
  /** Names of the phases it went through, `joining` first. */
  readonly phases: string[] = [];
  readonly #packets = new Map<string, number>();
  readonly #packetsBySource = new Map<string, number>();
  readonly #players: ClipPlayer[] = [];
  readonly #watches: (() => void)[];

  constructor({ url, ...options }: PeerOptions) {
    const store = createCallStore();
    const { sockets } = this;
    this.store = store;
    this.client = new RoomClient({
      simulcast: false,
      createDevice: () => Promise.resolve(new Device({ handlerName: 'Chrome111' })),
      WebSocket: class extends WebSocket {
        constructor(address: string) {
          super(address);
          sockets.push(this);
        }
      },
      ...options,
      url: `${url.replace(/^http/, 'ws')}/api/v1/signaling`,
      store,
    });
    this.#watches = [
      store.media.subscribe((media) => this.#count(media)),
      store.phase.subscribe(({ name }) => {
        if (this.phases.at(-1) !== name) this.phases.push(name);
      }),
    ];
  }

  /** Packets received so far by track id. */
  get packets(): ReadonlyMap<string, number> {
    return this.#packets;
  }

  /** Packets received from a participant of this name, over all tracks it ever had of a source. */
  packetsFrom(name: string, source: Source): number {
    return this.#packetsBySource.get(`${name} ${source}`) ?? 0;
  }

  /** Starts sending a synthetic track. */
  async send(
    source: Source,
    { paused = false, toneHz }: { paused?: boolean; toneHz?: number } = {},
  ): Promise<void> {
    const kind = source === 'camera' || source === 'screen' ? 'video' : 'audio';
    const track = new WeriftTrack({ kind, id: crypto.randomUUID() });
    const clip = await (toneHz === undefined ? clipOf(kind) : toneOf(toneHz));
    this.#players.push(new ClipPlayer(clip, (packet) => track.writeRtp(packet)));
    await this.client.publish(source, track as unknown as MediaStreamTrack, { paused });
  }

  /** The newest socket vanishes, as when a cable is pulled. */
  cutSocket(): void {
    this.sockets.at(-1)?.terminate();
  }

  async close(): Promise<void> {
    for (const stop of this.#watches) stop();
    for (const player of this.#players) player.close();
    await this.client.leave();
  }

  #count(media: ReadonlyMap<string, MediaStreamTrack>): void {
    for (const [trackId, track] of media) {
      if (this.#packets.has(trackId)) continue;
      this.#packets.set(trackId, 0);
      const key = this.#whose(trackId);
      (track as unknown as WeriftTrack).onReceiveRtp.subscribe(() => {
        this.#packets.set(trackId, (this.#packets.get(trackId) ?? 0) + 1);
        this.#packetsBySource.set(key, (this.#packetsBySource.get(key) ?? 0) + 1);
      });
    }
  }

  #whose(trackId: string): string {
    for (const { name, tracks } of this.store.participants.peek()) {
      const track = tracks.find(({ id }) => id === trackId);
      if (track) return `${name} ${track.source}`;
    }
    throw new Error(`media of the unknown track ${trackId}`);
  }
}

export interface SendingPeerOptions extends PeerOptions {
  /** Send a tone as the microphone. */
  readonly audio?: boolean;
  /** Send a test picture as the camera. */
  readonly video?: boolean;
}

/** Joins; sends what is asked for. Rejects when the room does not let it in. */
export const createPeer = async ({
  audio = false,
  video = false,
  ...options
}: SendingPeerOptions): Promise<Peer> => {
  const peer = new Peer(options);
  const sending: Promise<void>[] = [];
  if (audio) sending.push(peer.send('microphone'));
  if (video) sending.push(peer.send('camera'));
  await peer.client.join();
  const phase = peer.store.phase.value;
  if (phase.name !== 'joined') {
    await peer.close();
    throw new Error(`${options.name} did not get in: ${JSON.stringify(phase)}`);
  }
  await Promise.all(sending);
  return peer;
};

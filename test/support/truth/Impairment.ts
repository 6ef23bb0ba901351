import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Device, types } from 'mediasoup-client';
import { watchOutgoing } from './outgoing.ts';
import type { Sending, SentPacket } from './TruthSource.ts';

export interface ImpairmentOptions {
  readonly seed: number;
  /** Share of packets that vanish, each way. */
  readonly loss: number;
  /** Each packet is held back for up to this long, so that they overtake each other. */
  readonly jitterMs: number;
}

/** mediasoup asks ten times for a packet, every 100 ms, and wants it no more after that. */
const GIVE_UP_MS = 900;

const isMedia = (packet: Buffer): boolean => packet[0]! >> 6 === 2;
const isRtcp = (packet: Buffer): boolean => packet[1]! >= 192 && packet[1]! <= 223;

/**
 * A bad line: a UDP relay before the server's media port that loses and delays RTP and RTCP, both
 * ways. Set-up (STUN, DTLS) passes unharmed: it is not what is looked at.
 */
export class Impairment {
  /** Packets that met the dice, and those of them that vanished. */
  readonly counts = { packets: 0, lost: 0 };
  readonly #options: ImpairmentOptions;
  readonly #random: () => number;
  readonly #front: Socket;
  /** Towards the server, one for each address of a client. */
  readonly #backs = new Map<string, Socket>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** When what got through to the server did so, by SSRC and sequence number. */
  readonly #passedAtMs = new Map<string, number>();
  /** Retransmissions by SSRC of their stream and number of the packet that they repeat. */
  readonly #copies = new Map<string, string[]>();
  readonly #endWatch: () => void;
  #serverPort: number | undefined;
  #closed = false;

  static async create(options: ImpairmentOptions): Promise<Impairment> {
    const front = createSocket('udp4');
    front.bind(0, '127.0.0.1');
    await once(front, 'listening');
    return new Impairment(options, front);
  }

  private constructor(options: ImpairmentOptions, front: Socket) {
    this.#options = options;
    this.#front = front;
    this.#random = dice(options.seed);
    front.on('message', (packet, client) => this.#up(packet, client));
    this.#endWatch = watchOutgoing(({ ssrc, sequenceNumber }, payload) => {
      if (payload.length < 2) return;
      // Of a retransmission (RFC 4588) this is the number of the packet that it repeats.
      const key = `${ssrc} ${payload.readUInt16BE(0)}`;
      this.#copies.set(key, [...(this.#copies.get(key) ?? []), `${ssrc} ${sequenceNumber}`]);
    });
  }

  /** The same device; its transports come through here. */
  before(device: Device): Device {
    const createSend = device.createSendTransport.bind(device);
    const createReceive = device.createRecvTransport.bind(device);
    device.createSendTransport = (options) => createSend(this.#redirect(options));
    device.createRecvTransport = (options) => createReceive(this.#redirect(options));
    return device;
  }

  /**
   * When each packet that left arrived, in the first of its copies. Absent: it never did, or only
   * after all had given it up.
   */
  arrivalsOf({ sent, outlet }: Sending): Map<SentPacket, number> {
    const arrivals = new Map<SentPacket, number>();
    if (!outlet) return arrivals;
    for (const packet of sent) {
      const copies = this.#copies.get(`${outlet.rtxSsrc} ${packet.sequence}`) ?? [];
      const times = [`${outlet.ssrc} ${packet.sequence}`, ...copies].map(
        (key) => this.#passedAtMs.get(key) ?? Infinity,
      );
      const atMs = Math.min(...times);
      if (atMs - packet.wroteMs < GIVE_UP_MS) arrivals.set(packet, atMs);
    }
    return arrivals;
  }

  /** Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#endWatch();
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of [this.#front, ...this.#backs.values()]) socket.close();
  }

  #redirect<O extends types.TransportOptions>(options: O): O {
    const candidate = options.iceCandidates.find(({ protocol }) => protocol === 'udp');
    if (!candidate) throw new Error('the server has no UDP port');
    this.#serverPort ??= candidate.port;
    if (candidate.port !== this.#serverPort) throw new Error('the server has a second UDP port');
    const { port, address } = this.#front.address();
    return { ...options, iceCandidates: [{ ...candidate, ip: address, address, port }] };
  }

  #up(packet: Buffer, client: RemoteInfo): void {
    const back = this.#backTo(client);
    this.#throwDice(packet, () => {
      if (isMedia(packet) && !isRtcp(packet)) {
        const key = `${packet.readUInt32BE(8)} ${packet.readUInt16BE(2)}`;
        if (!this.#passedAtMs.has(key)) this.#passedAtMs.set(key, performance.now());
      }
      back.send(packet, this.#serverPort ?? 0, '127.0.0.1');
    });
  }

  #backTo({ address, port }: RemoteInfo): Socket {
    const key = `${address} ${port}`;
    let back = this.#backs.get(key);
    if (!back) {
      back = createSocket('udp4');
      back.on('message', (packet) => {
        this.#throwDice(packet, () => this.#front.send(packet, port, address));
      });
      this.#backs.set(key, back);
    }
    return back;
  }

  #throwDice(packet: Buffer, pass: () => void): void {
    if (!isMedia(packet)) {
      pass();
      return;
    }
    this.counts.packets += 1;
    if (this.#random() < this.#options.loss) {
      this.counts.lost += 1;
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      pass();
    }, this.#random() * this.#options.jitterMs);
    this.#timers.add(timer);
  }
}

/** Uniform in [0, 1), the same row for the same seed (mulberry32). */
const dice = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

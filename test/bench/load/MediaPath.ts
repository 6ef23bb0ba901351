import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { types } from 'mediasoup';
import {
  DtlsClient,
  keyLength,
  RTCDtlsTransport,
  saltLength,
  SrtcpSession,
  SrtpSession,
  type RtpHeader,
  type SrtpProfile,
  type Transport,
} from 'werift';
import { bindingRequest, isBindingSuccess, isStun, type IceCredentials } from './stun.ts';

/** The server takes a path for dead after 20 to 30 s without one of these. */
const CONSENT_INTERVAL_MS = 4_000;
const CONNECT_TIMEOUT_MS = 30_000;
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;
/** In the order in which they are offered. */
const SRTP_PROFILES: SrtpProfile[] = [0x0007, 0x0001];

/** The server's end of a WebRTC transport. */
export interface RemoteTransport {
  readonly id: string;
  readonly iceParameters: types.IceParameters;
  readonly iceCandidates: types.IceCandidate[];
}

export type ConnectDtls = (dtlsParameters: types.DtlsParameters) => Promise<void>;

/**
 * One WebRTC transport at its cheapest: real ICE and DTLS on a UDP socket of its own, then SRTP out,
 * and in only the bytes as they arrive. The headers of SRTP are not encrypted: counting, loss and
 * transport-wide numbers can be read without deciphering.
 */
export class MediaPath {
  /** Called for each SRTP packet, undeciphered. */
  onRtp: (packet: Buffer) => void = () => {};
  readonly #socket: Socket;
  readonly #ice: IceCredentials;
  readonly #localFragment = randomBytes(4).toString('hex');
  #dtls: DtlsClient | undefined;
  #srtp: SrtpSession | undefined;
  #srtcp: SrtcpSession | undefined;
  #consent: NodeJS.Timeout | undefined;
  #profile: SrtpProfile = 0x0001;

  static async connect(remote: RemoteTransport, connectDtls: ConnectDtls): Promise<MediaPath> {
    const address = remote.iceCandidates.find(({ protocol }) => protocol === 'udp');
    if (!address) throw new Error('The server offers no UDP candidate');
    const socket = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.connect(address.port, address.address ?? address.ip);
    await once(socket, 'connect');
    const path = new MediaPath(socket, remote.iceParameters);
    try {
      await path.#establish(connectDtls);
    } catch (error) {
      path.close();
      throw error;
    }
    return path;
  }

  private constructor(socket: Socket, ice: IceCredentials) {
    this.#socket = socket;
    this.#ice = ice;
    socket.on('message', (packet) => this.#receive(packet));
    // A server that has ended answers with "port unreachable".
    socket.on('error', () => {});
  }

  get profile(): string {
    return this.#profile === 0x0007 ? 'AEAD_AES_128_GCM' : 'AES128_CM_SHA1_80';
  }

  protect(header: RtpHeader, payload: Buffer): Buffer {
    if (!this.#srtp) throw new Error('Not connected');
    return this.#srtp.encrypt(payload, header);
  }

  send(packet: Buffer): void {
    this.#socket.send(packet);
  }

  sendRtcp(packet: Buffer): void {
    if (this.#srtcp) this.#socket.send(this.#srtcp.encrypt(packet));
  }

  close(): void {
    clearInterval(this.#consent);
    this.#socket.removeAllListeners('message');
    this.#socket.close();
  }

  async #establish(connectDtls: ConnectDtls): Promise<void> {
    const timeout = AbortSignal.timeout(CONNECT_TIMEOUT_MS);
    const certificate = await RTCDtlsTransport.SetupCertificate();
    const fingerprints = certificate.getFingerprints() as types.DtlsFingerprint[];
    await connectDtls({ role: 'client', fingerprints });
    await this.#nominate(timeout);
    const dtls = new DtlsClient({
      cert: certificate.certPem,
      key: certificate.privateKey,
      signatureHash: certificate.signatureHash,
      transport: this.#asTransport(),
      srtpProfiles: SRTP_PROFILES,
      extendedMasterSecret: true,
    });
    this.#dtls = dtls;
    await new Promise<void>((resolve, reject) => {
      timeout.addEventListener('abort', () => reject(new Error('DTLS took too long')));
      dtls.onConnect.once(() => resolve());
      dtls.onError.once(reject);
      dtls.connect().catch(reject);
    });
    this.#startSrtp(dtls);
    this.#consent = setInterval(() => this.#sendBinding(), CONSENT_INTERVAL_MS);
  }

  async #nominate(timeout: AbortSignal): Promise<void> {
    const again = setInterval(() => this.#sendBinding(), 200);
    try {
      this.#sendBinding();
      for (;;) {
        const [packet] = (await once(this.#socket, 'message', { signal: timeout })) as [Buffer];
        if (isBindingSuccess(packet)) return;
      }
    } finally {
      clearInterval(again);
    }
  }

  #sendBinding(): void {
    this.#socket.send(bindingRequest(this.#localFragment, this.#ice));
  }

  #startSrtp(dtls: DtlsClient): void {
    const profile = dtls.srtp.srtpProfile;
    if (profile === undefined) throw new Error('No SRTP profile was agreed upon');
    this.#profile = profile;
    const keys = dtls.extractSessionKeys(keyLength(profile), saltLength(profile));
    const config = {
      profile,
      keys: {
        localMasterKey: keys.localKey,
        localMasterSalt: keys.localSalt,
        remoteMasterKey: keys.remoteKey,
        remoteMasterSalt: keys.remoteSalt,
      },
    };
    this.#srtp = new SrtpSession(config);
    this.#srtcp = new SrtcpSession(config);
  }

  #receive(packet: Buffer): void {
    const first = packet[0] ?? 0;
    if (first >= 128 && first < 192) {
      const type = packet[1] ?? 0;
      if (type < 192 || type > 223) this.onRtp(packet);
    } else if (!isStun(packet)) this.#dtls?.transport.socket.onData(packet, ['', 0]);
  }

  #asTransport(): Transport {
    const socket = this.#socket;
    return {
      type: 'udp',
      address: socket.address(),
      closed: false,
      onData: () => {},
      send: (packet) => {
        socket.send(packet);
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    };
  }
}

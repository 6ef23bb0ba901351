import {
  RTCDtlsTransport,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  RTCRtpSender,
  useH264,
  useOPUS,
  useVP8,
  useVP9,
  type MediaStreamTrack,
  type RtpHeader,
  type RtpPacket,
} from 'werift';
// First its own changes to werift, then ours.
import '../peer.ts';

/**
 * werift made to send as browsers do, and watched while it does: retransmissions in a stream of
 * their own (RTX), and RTP times that go on while a track is muted.
 */

/** A packet on its way out, before it is encrypted. Retransmissions too. */
export type OutgoingWatch = (header: RtpHeader, payload: Buffer) => void;

/** What sends a track at the moment. */
export type Outlet = Pick<RTCRtpSender, 'ssrc' | 'rtxSsrc'>;

const watches = new Set<OutgoingWatch>();
const left = new WeakMap<MediaStreamTrack, (outlet: Outlet) => void>();

/** Returns the end of the watch. */
export const watchOutgoing = (watch: OutgoingWatch): (() => void) => {
  watches.add(watch);
  return () => void watches.delete(watch);
};

/** Calls back within `writeRtp` for each packet that really leaves: not muted, not before DTLS. */
export const onLeft = (track: MediaStreamTrack, callback: (outlet: Outlet) => void): void => {
  left.set(track, callback);
};

const rtx = (): RTCRtpCodecParameters =>
  new RTCRtpCodecParameters({ mimeType: 'video/rtx', clockRate: 90_000 });

/** Its sender reports then say what the packet just written would have said without its delay. */
export const correctReport = (outlet: Outlet, latenessMs: number): void => {
  if (!(outlet instanceof RTCRtpSender)) return;
  outlet['ntpTimestamp'] -= BigInt(Math.round((latenessMs * 2 ** 32) / 1000));
};

class BrowserLikeConnection extends RTCPeerConnection {
  constructor(config: ConstructorParameters<typeof RTCPeerConnection>[0] = {}) {
    super({
      ...config,
      iceServers: [],
      codecs: {
        audio: [useOPUS({ rtcpFeedback: [{ type: 'nack' }] })],
        video: [useVP8(), rtx(), useVP9(), rtx(), useH264(), rtx()],
      },
    });
  }
}
Object.assign(globalThis, { RTCPeerConnection: BrowserLikeConnection });

const dispatch = RTCRtpSender.prototype['dispatchRtp'];
RTCRtpSender.prototype['dispatchRtp'] = function watched(this: RTCRtpSender, rtp: RtpPacket) {
  if (this['canSendRtp']() && this.track) left.get(this.track)?.(this);
  return dispatch.call(this, rtp);
};

// A browser's RTP clock goes on when a track comes back; werift's would go on where it stopped.
RTCRtpSender.prototype['scheduleRtpContinuity'] = () => {};

const sendRtp = RTCDtlsTransport.prototype['sendRtp'];
RTCDtlsTransport.prototype['sendRtp'] = function watched(this: RTCDtlsTransport, payload, header) {
  for (const watch of watches) watch(header, payload);
  return sendRtp.call(this, payload, header);
};

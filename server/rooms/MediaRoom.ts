import type { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';

export interface AudioLevel {
  readonly trackId: string;
  /** dBov, -127 to 0 (RFC 6464). */
  readonly volume: number;
}

export type MediaRoomEvents = {
  /** The worker behind it died or hung; nothing of this object works any more. */
  lost: [];
  /** Whose voice stands out. The only one does, even before it has spoken. */
  dominantVoiceChanged: [trackId: string];
  audioLevels: [levels: readonly AudioLevel[]];
};

export type CaptureEvents = {
  /** One whole RTP packet, as late ones and retransmissions come too: not in order. Keep the buffer. */
  packet: [rtp: Buffer];
  /**
   * The sender's report of this stream: what RTP time it was at `ntpMs`, in ms of the worker's own
   * clock. It is corrected for the sender's clock, so that all tracks of one sender agree.
   */
  senderReport: [report: { rtpTimestamp: number; ntpMs: number }];
  /** The producer, its router or its worker is gone, or `close` was called. Once, the last. */
  closed: [];
};

/** All packets of one track at its best layer, handed over within this process. */
export interface Capture extends EventEmitter<CaptureEvents> {
  /** How the packets are to be read; one encoding. */
  readonly rtpParameters: types.RtpParameters;
  /** No packets from now on. */
  pause(): void;
  /** Packets again; video begins with a whole picture. */
  resume(): void;
  /** A whole picture, please: something is missing. Asks at most twice a second. */
  requestKeyFrame(): void;
  /** Idempotent. */
  close(): void;
}

/** Opus as it goes over the wire: packets of 20 ms each, one channel or two. */
export type Sound = readonly Buffer[];

/** A track that comes from here and not from a client. */
export interface Player {
  readonly producer: types.Producer;
  /** Resolves at the end of the sound, or when the player was closed before. */
  play(sound: Sound): Promise<void>;
  /** Idempotent. */
  close(): void;
}

/** The media of one room on one worker. */
export interface MediaRoom extends EventEmitter<MediaRoomEvents> {
  readonly id: string;
  readonly rtpCapabilities: types.RtpCapabilities;
  /** One end for a browser; it can be reached at the worker's single UDP and TCP port. */
  createTransport(): Promise<types.WebRtcTransport>;
  canConsume(trackId: string, rtpCapabilities: types.RtpCapabilities): boolean;
  /** Listens to the loudness of an audio track, until it closes. */
  observe(producer: types.Producer): Promise<void>;
  /**
   * Takes a track without sending it anywhere: for members that keep what they hear. Flows only after
   * `resume`, so that nothing is missed between. Rejects when the producer or the media is gone.
   */
  capture(producer: types.Producer): Promise<Capture>;
  /** A track of our own, silent until something is played. Rejects when the media is gone. */
  play(): Promise<Player>;
  /** Idempotent. */
  close(): void;
}

/** Where rooms get their media from. */
export interface MediaPool {
  /** On the least loaded worker; waits while a dead one is being replaced. */
  open(): Promise<MediaRoom>;
}

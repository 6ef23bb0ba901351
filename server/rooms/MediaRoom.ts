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

/** The media of one room on one worker. */
export interface MediaRoom extends EventEmitter<MediaRoomEvents> {
  readonly id: string;
  readonly rtpCapabilities: types.RtpCapabilities;
  /** One end for a browser; it can be reached at the worker's single UDP and TCP port. */
  createTransport(): Promise<types.WebRtcTransport>;
  canConsume(trackId: string, rtpCapabilities: types.RtpCapabilities): boolean;
  /** Listens to the loudness of an audio track, until it closes. */
  observe(producer: types.Producer): Promise<void>;
  /** Idempotent. */
  close(): void;
}

/** Where rooms get their media from. */
export interface MediaPool {
  /** On the least loaded worker; waits while a dead one is being replaced. */
  open(): Promise<MediaRoom>;
}

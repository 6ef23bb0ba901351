import type { RoomState } from '../../server/protocol/signaling.ts';
import type { Clock } from './clock.ts';
import type { CreateDevice } from './mediasoup.ts';
import type { VideoCodec } from './sending.ts';
import type { SocketConstructor } from './SignalingClient.ts';
import type { WritableCallStore } from './store.ts';

export interface RoomClientOptions {
  readonly store: WritableCallStore;
  /** The room's name or id. */
  readonly room: string;
  /** What the others call this participant. */
  readonly name: string;
  /** A join token (JWT). */
  readonly token?: string;
  readonly ownerSecret?: string;
  /** The answer to “May you be recorded?”; absent: not asked, or not answered. */
  readonly recordingConsent?: boolean;
  /** This call started the room: keep the secret, it is not told twice. */
  readonly onOwnerSecret?: (secret: string, room: RoomState) => void;
  /** Default: VP8, which every receiver decodes. */
  readonly videoCodec?: VideoCodec;
  /** Default: true. */
  readonly simulcast?: boolean;
  /** Default: the page's own server. */
  readonly url?: string;
  readonly WebSocket?: SocketConstructor;
  readonly createDevice?: CreateDevice;
  readonly clock?: Clock;
}

/** Where the server that served this page listens. */
export const pageUrl = (): string => {
  const { protocol, host } = globalThis.location;
  return `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/api/v1/signaling`;
};

import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import type {
  Capture,
  MediaPool,
  MediaRoom,
  MediaRoomEvents,
  Player,
} from '../../server/rooms/MediaRoom.ts';

/** The media of a room that carries nothing: for tests of who is where. */
export class EmptyMedia extends EventEmitter<MediaRoomEvents> implements MediaRoom {
  readonly id = crypto.randomUUID();
  readonly rtpCapabilities: types.RtpCapabilities = {};
  closed = false;

  createTransport(): Promise<types.WebRtcTransport> {
    return Promise.reject(new Error('There is nothing to send here'));
  }

  canConsume(): boolean {
    return false;
  }

  observe(): Promise<void> {
    return Promise.resolve();
  }

  capture(): Promise<Capture> {
    return Promise.reject(new Error('There is nothing to hear here'));
  }

  play(): Promise<Player> {
    return Promise.reject(new Error('There is nobody to hear it'));
  }

  close(): void {
    this.closed = true;
  }
}

/** Opens media when the test says so. */
export class FakePool implements MediaPool {
  readonly opened: EmptyMedia[] = [];
  readonly #waiting: PromiseWithResolvers<MediaRoom>[] = [];
  held = false;

  open(): Promise<MediaRoom> {
    const opening = Promise.withResolvers<MediaRoom>();
    this.#waiting.push(opening);
    if (!this.held) this.release();
    return opening.promise;
  }

  get asked(): number {
    return this.opened.length + this.#waiting.length;
  }

  release(): void {
    for (const { resolve } of this.#waiting.splice(0)) {
      const media = new EmptyMedia();
      this.opened.push(media);
      resolve(media);
    }
  }

  fail(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}

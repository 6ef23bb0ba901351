import type { Device } from 'mediasoup-client';
import type { MediaSession } from '../../server/protocol/media.ts';
import type { CreateDevice } from './mediasoup.ts';

type Capabilities = MediaSession['rtpCapabilities'];

/** Keeps the loaded device: one asks the browser for its codecs once, not at every move of a room. */
export class DeviceShelf {
  readonly #create: CreateDevice;
  #fresh: Promise<Device> | null = null;
  #loaded: { readonly key: string; readonly device: Promise<Device> } | null = null;

  constructor(create: CreateDevice) {
    this.#create = create;
  }

  /** Begin to load the code, ahead of the room's answer. */
  warm(): void {
    this.#fresh ??= this.#create();
    // What is wrong with it shows when it is needed.
    this.#fresh.catch(() => {});
  }

  /** A device that knows what the room can. */
  loaded(routerRtpCapabilities: Capabilities): Promise<Device> {
    const key = JSON.stringify(routerRtpCapabilities);
    if (this.#loaded?.key !== key) {
      this.#loaded = { key, device: this.#load(routerRtpCapabilities) };
      this.#loaded.device.catch(() => {
        this.#loaded = null;
      });
    }
    return this.#loaded.device;
  }

  async #load(routerRtpCapabilities: Capabilities): Promise<Device> {
    const creating = this.#fresh ?? this.#create();
    this.#fresh = null;
    const device = await creating;
    // mediasoup-client's types differ from mediasoup's only in what they leave optional.
    await device.load({ routerRtpCapabilities: routerRtpCapabilities as never });
    return device;
  }
}

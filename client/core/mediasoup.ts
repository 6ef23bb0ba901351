import type * as mediasoup from 'mediasoup-client';
import type { Device, types } from 'mediasoup-client';

/** Loads with the page's first idle moment, not with the page: it is most of the code of a call. */
let loading: Promise<typeof mediasoup> | null = null;

const load = (): Promise<typeof mediasoup> => (loading ??= import('mediasoup-client'));

/** Start loading what a call needs; call it as soon as a call is likely. */
export const preload = (): void => {
  load().catch(() => {
    // A page that was offline tries again at Join.
    loading = null;
  });
};

/** A device for this browser. Throws mediasoup-client's `UnsupportedError`. */
export const createDevice = async (): Promise<Device> => {
  try {
    const { Device } = await load();
    return await Device.factory();
  } catch (error) {
    loading = null;
    throw error;
  }
};

export type CreateDevice = () => Promise<Device>;
export type Transport = types.Transport;
export type Producer = types.Producer;
export type Consumer = types.Consumer;

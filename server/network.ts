import { isIP } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';

export interface RtcAddress {
  /** Where the media ports listen. */
  readonly listenIp: string;
  /** What browsers are told instead of `listenIp`. */
  readonly announcedAddress: string | undefined;
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/** The first IPv4 address of this machine that others may know it by. */
const firstPublicIpv4 = (interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string | undefined =>
  Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

/**
 * Media does not pass through an HTTP proxy, so it listens on every address unless the whole server
 * is for this machine only, or was given one address.
 */
export const rtcAddress = (options: {
  host: string;
  behindProxy: boolean;
  announcedAddress: string | undefined;
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>;
}): RtcAddress => {
  const { host, behindProxy, announcedAddress, interfaces } = options;
  if (announcedAddress !== undefined) return { listenIp: '0.0.0.0', announcedAddress };
  if (isLoopback(host) && !behindProxy) {
    return { listenIp: '127.0.0.1', announcedAddress: undefined };
  }
  if (isIP(host) === 4 && host !== '0.0.0.0' && !behindProxy) {
    return { listenIp: host, announcedAddress: undefined };
  }
  const own = firstPublicIpv4(interfaces);
  if (own === undefined) return { listenIp: '127.0.0.1', announcedAddress: undefined };
  return { listenIp: '0.0.0.0', announcedAddress: own };
};

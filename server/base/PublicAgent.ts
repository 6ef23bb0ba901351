import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { Agent, type RequestOptions } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { isPublicAddress } from './publicAddress.ts';

/** As `dns.lookup` does it. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
  readonly code = 'ERR_PRIVATE_ADDRESS';
}

/**
 * For requests to addresses that people give us: connects to the very address that it has looked at,
 * and to none on this machine or in its network, whatever its name says at another moment.
 */
export class PublicAgent extends Agent {
  constructor(resolve: Resolve = lookup) {
    super({ lookup: publicOnly(resolve) });
  }

  /** An address is connected to without being looked up. @throws PrivateAddressError */
  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const host = options.host ?? '';
    if (isIP(host) !== 0 && !isPublicAddress(host)) throw refusal();
    return super.createConnection(options, callback);
  }
}

const publicOnly =
  (resolve: Resolve): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error) callback(error, []);
      else if (!first || !arePublic(addresses)) callback(refusal(), []);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };

/** Would a `PublicAgent` connect to it, as things are? `hostname`: of a URL. */
export const isPublicHost = (hostname: string, resolve: Resolve = lookup): Promise<boolean> => {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0) return Promise.resolve(isPublicAddress(address));
  return new Promise((settle) => {
    resolve(hostname, { all: true }, (error, addresses) => {
      settle(!error && addresses.length > 0 && arePublic(addresses));
    });
  });
};

/** All of them: who has a name that leads here as well means to lead here. */
const arePublic = (addresses: readonly LookupAddress[]): boolean =>
  addresses.every(({ address }) => isPublicAddress(address));

const refusal = (): PrivateAddressError =>
  new PrivateAddressError('The address is not on the internet.');

import { BlockList, isIP } from 'node:net';
import type { Config } from '../../server/config.ts';
import { isLoopback } from '../../server/network.ts';
import { green, grey, red, yellow } from './line.ts';
import type { Line } from './line.ts';

const notPublic = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['127.0.0.0', 8],
] as const) {
  notPublic.addSubnet(network, prefix, 'ipv4');
}
notPublic.addSubnet('fc00::', 7, 'ipv6');
notPublic.addSubnet('fe80::', 10, 'ipv6');
notPublic.addAddress('::1', 'ipv6');

/** Whether an IP address can be reached only from near. Names and public addresses are not. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && notPublic.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** The address that browsers are told to send their media to. */
export function checkAddress({ rtc, publicUrl }: Pick<Config, 'rtc' | 'publicUrl'>): Line {
  const what = 'announced address';
  const address = rtc.announcedAddress ?? rtc.listenIp;
  const site = publicUrl === undefined ? undefined : new URL(publicUrl).hostname;
  const sitePublic =
    site !== undefined && !isLoopback(site) && !isPrivateAddress(site.replace(/^\[|\]$/g, ''));
  if (address === '0.0.0.0' || address === '::') {
    return red(
      what,
      `${address} reaches nobody`,
      'Set ANNOUNCED_ADDRESS to an address of this machine.',
    );
  }
  if (sitePublic && isPrivateAddress(address)) {
    return yellow(
      what,
      `${address} is private, but PUBLIC_URL is public`,
      'Set ANNOUNCED_ADDRESS to the public address, or browsers outside see and hear nothing.',
    );
  }
  if (isLoopback(address)) return grey(what, `${address}: calls work on this machine only`);
  return green(what, address);
}

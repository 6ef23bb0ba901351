import { BlockList, isIP } from 'node:net';

/** Not on the internet: IANA's registry of special-purpose addresses, multicast, and what is reserved. */
const PRIVATE_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
/** All else is loopback, link-local, private, multicast, or another address in disguise. */
const GLOBAL_V6 = '2000::/3';
/** Teredo and others that carry IPv4 addresses inside, and those for books. */
const PRIVATE_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const listOf = (subnets: readonly string[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = '', prefix] = subnet.split('/');
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
};

const privateV4 = listOf(PRIVATE_V4, 'ipv4');
const globalV6 = listOf([GLOBAL_V6], 'ipv6');
const privateV6 = listOf(PRIVATE_V6, 'ipv6');

/** Does this IP address lie on the internet, and not on this machine or in its network? */
export const isPublicAddress = (address: string): boolean => {
  if (isIP(address) === 4) return !privateV4.check(address, 'ipv4');
  if (isIP(address) !== 6 || address.includes('%')) return false;
  return globalV6.check(address, 'ipv6') && !privateV6.check(address, 'ipv6');
};

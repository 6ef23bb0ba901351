import { expect, test } from 'vitest';
import { checkAddress, isPrivateAddress } from './address.ts';

test('tells private addresses from public ones', () => {
  const near = ['10.1.2.3', '172.31.0.1', '192.168.1.1', '127.0.0.1', '100.64.0.1', 'fd00::1'];
  expect(near.filter((address) => !isPrivateAddress(address))).toEqual([]);
  const far = ['203.0.113.5', '172.32.0.1', '2001:db8::1', 'meet.example.org'];
  expect(far.filter(isPrivateAddress)).toEqual([]);
});

const light = (announcedAddress: string | undefined, publicUrl?: string) =>
  checkAddress({ rtc: { listenIp: '0.0.0.0', announcedAddress, port: 1 }, publicUrl }).light;

test('a private address behind a public site is warned about', () => {
  expect(light('192.168.1.5', 'https://meet.example.org')).toBe('yellow');
  expect(light('203.0.113.5', 'https://meet.example.org')).toBe('green');
  expect(light('192.168.1.5', 'https://192.168.1.5')).toBe('green');
});

test('every address is no address', () => {
  expect(light(undefined)).toBe('red');
});

import { describe, expect, it } from 'vitest';
import { originAllowed } from './origin.ts';

describe('originAllowed', () => {
  it.each([
    [undefined, 'meet.example', undefined],
    ['https://meet.example', 'meet.example', undefined],
    ['https://meet.example', 'meet.example:443', undefined],
    ['http://localhost:3000', 'localhost:3000', undefined],
    ['http://[::1]:3000', '[::1]:3000', undefined],
    ['https://MEET.example', 'meet.example', undefined],
    ['https://meet.example', '127.0.0.1:3000', 'https://meet.example'],
    ['https://meet.example', undefined, 'https://meet.example/'],
  ])('lets %s speak to %s (public address: %s)', (origin, host, publicUrl) => {
    expect(originAllowed(origin, host, publicUrl)).toBe(true);
  });

  it.each([
    ['null', 'null', undefined],
    ['null', 'meet.example', undefined],
    ['', 'meet.example', undefined],
    ['https://evil.example', 'meet.example', undefined],
    ['https://meet.example.evil', 'meet.example', 'https://meet.example'],
    ['https://evilmeet.example', 'meet.example', 'https://meet.example'],
    ['https://meet.example:8443', 'meet.example', 'https://meet.example'],
    ['http://localhost:3001', 'localhost:3000', undefined],
    ['http://meet.example', '10.0.0.1', 'https://meet.example'],
    ['https://meet.example/path', 'meet.example', undefined],
    ['https://user@meet.example', 'meet.example', undefined],
    ['https://meet.example, https://evil.example', 'meet.example', undefined],
    ['file://meet.example', 'meet.example', undefined],
    ['chrome-extension://meet.example', 'meet.example', undefined],
    ['https://meet.example', undefined, undefined],
    ['https://evil.example', 'evil.example@meet.example:', undefined],
  ])('keeps %s from %s (public address: %s)', (origin, host, publicUrl) => {
    expect(originAllowed(origin, host, publicUrl)).toBe(false);
  });
});

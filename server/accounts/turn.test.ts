import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { turnServers } from './turn.ts';

const turn = { urls: ['turn:turn.example.org:3478'], secret: 'shared with coturn' };

it('gives credentials that coturn accepts for ten minutes', () => {
  const [server] = turnServers(turn, 'part_1', 1_000_000_000_500);
  expect(server?.username).toBe('1000000600:part_1');
  const expected = createHmac('sha1', turn.secret).update('1000000600:part_1').digest('base64');
  expect(server?.credential).toBe(expected);
  expect(server?.urls).toEqual(turn.urls);
});

it('gives none when none are configured', () => {
  expect(turnServers(undefined, 'part_1', 0)).toEqual([]);
});

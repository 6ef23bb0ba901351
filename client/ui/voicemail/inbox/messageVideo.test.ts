import { expect, it } from 'vitest';
import type { Voicemail } from '../../../../server/protocol/voicemail.ts';
import { soundOf } from './list/files.ts';
import { videosOf } from './MessageVideo.tsx';

const file = (kind: Voicemail['files'][number]['kind'], type: string) => ({
  name: 'a.mp4',
  kind,
  type,
  participant: null,
  source: null,
  bytes: 1,
  durationMs: 1,
  sha256: '',
  url: `/${kind}`,
});

it('is played by its picture where it has no sound', () => {
  const film = file('track', 'video/webm; codecs="vp8, opus"');
  expect(soundOf({ files: [film] })).toBe('/track');
  expect(soundOf({ files: [] })).toBeNull();
  expect(soundOf({ files: [film, { ...file('audio', 'audio/mp4'), name: 'a.m4a' }] })).toBe(
    '/audio',
  );
});

it('is seen in what every browser plays first, then as it was recorded; or not at all', () => {
  const heard = [file('track', 'audio/webm; codecs="opus"'), file('audio', 'audio/mp4')];
  expect(videosOf({ files: heard })).toEqual([]);
  const seen = [file('track', 'video/webm; codecs="vp8, opus"'), ...heard];
  expect(videosOf({ files: seen }).map(({ kind }) => kind)).toEqual(['track']);
  const files = [...seen, file('composite', 'video/mp4')];
  expect(videosOf({ files }).map(({ kind }) => kind)).toEqual(['composite', 'track']);
});

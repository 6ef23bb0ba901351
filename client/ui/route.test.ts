import { describe, expect, it } from 'vitest';
import { parseRoute, recordingPath, roomPath } from './route.ts';

describe('parseRoute', () => {
  it('knows the home page and rooms', () => {
    expect(parseRoute('/')).toEqual({ name: 'home' });
    expect(parseRoute('/r/calm-otter')).toEqual({ name: 'room', room: 'calm-otter' });
    expect(parseRoute('/r/calm-otter/')).toEqual({ name: 'room', room: 'calm-otter' });
  });

  it('reads names of any script', () => {
    expect(parseRoute(roomPath('привет'))).toEqual({ name: 'room', room: 'привет' });
  });

  it('knows whom to call', () => {
    expect(parseRoute('/call/ana')).toEqual({ name: 'call', user: 'ana' });
    expect(parseRoute('/call/Ana.B-2_c/')).toEqual({ name: 'call', user: 'Ana.B-2_c' });
  });

  it('knows recordings', () => {
    const id = 'rec_01999aaa-0000-7000-8000-000000000000';
    expect(parseRoute('/recordings')).toEqual({ name: 'recordings' });
    expect(parseRoute(recordingPath(id))).toEqual({ name: 'recording', id });
  });

  it.each([
    '/recordings/rec_x',
    '/recordings/../x',
    '/r/',
    '/r/a/b',
    '/x',
    '/call/',
    '/call/-a',
    '/call/a/b',
    '/r/%E0%A4%A',
  ])('has no page for %s', (path) => {
    expect(parseRoute(path)).toEqual({ name: 'notFound' });
  });
});

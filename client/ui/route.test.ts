import { describe, expect, it } from 'vitest';
import { parseRoute, roomPath } from './route.ts';

describe('parseRoute', () => {
  it('knows the home page and rooms', () => {
    expect(parseRoute('/')).toEqual({ name: 'home' });
    expect(parseRoute('/r/calm-otter')).toEqual({ name: 'room', room: 'calm-otter' });
    expect(parseRoute('/r/calm-otter/')).toEqual({ name: 'room', room: 'calm-otter' });
  });

  it('reads names of any script', () => {
    expect(parseRoute(roomPath('привет'))).toEqual({ name: 'room', room: 'привет' });
  });

  it.each(['/r/', '/r/a/b', '/x', '/r/%E0%A4%A'])('has no page for %s', (path) => {
    expect(parseRoute(path)).toEqual({ name: 'notFound' });
  });
});

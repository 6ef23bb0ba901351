import { describe, expect, it } from 'vitest';
import { signInPath, thenIn } from './thenPath.ts';

const ORIGIN = 'https://meet.example';

const then = (where: string): string => thenIn(`?then=${encodeURIComponent(where)}`, ORIGIN);

describe('where one comes to after signing in', () => {
  it.each(['/', '/settings', '/call/ana', '/r/calm-otter?x=1'])('is %s when asked for', (path) => {
    expect(then(path)).toBe(path);
  });

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/.//evil.example/',
    '/\t/evil.example/',
    '\\\\evil.example',
    'javascript:alert(1)',
    ' /settings',
    'settings',
    '/signin',
    '/invitation',
    '',
  ])('is the home page instead of %j', (where) => {
    expect(then(where)).toBe('/');
  });

  it('is the home page when nothing is said', () => {
    expect(thenIn('', ORIGIN)).toBe('/');
  });

  it('is the page one was on', () => {
    const path = signInPath('/calls?missed=true', ORIGIN);
    expect(path).toBe('/signin?then=%2Fcalls%3Fmissed%3Dtrue');
    expect(thenIn(new URL(path, ORIGIN).search, ORIGIN)).toBe('/calls?missed=true');
  });

  it.each(['/', '/signin', '/invitation'])('is not said for %s', (here) => {
    expect(signInPath(here, ORIGIN)).toBe('/signin');
  });
});

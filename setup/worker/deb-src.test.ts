import { expect, test } from 'vitest';
import { debSrc } from './deb-src.ts';

test('turns deb822 sources', () => {
  const text = 'Types: deb\nURIs: http://mirror/debian\n\nTypes: deb deb-src\nSuites: x\n';
  expect(debSrc('debian.sources', text)).toBe(
    'Types: deb-src\nURIs: http://mirror/debian\n\nTypes: deb-src\nSuites: x\n',
  );
});

test('turns one-line sources and drops the rest', () => {
  const text =
    '# deb http://old/\ndeb [signed-by=/k.gpg] http://mirror/ x main\ndeb-src http://m/ x main\n';
  expect(debSrc('sources.list', text)).toBe('deb-src [signed-by=/k.gpg] http://mirror/ x main\n');
});

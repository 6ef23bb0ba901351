import { describe, expect, it } from 'vitest';
import { aRecord } from '../../../test/support/aRecord.ts';
import { newId } from '../../protocol/ids.ts';
import { contentDisposition } from '../contentDisposition.ts';
import { downloadName, fileName, recordingName } from './downloadNames.ts';

const startedAt = Date.UTC(2026, 0, 31, 14, 5, 59);
const named = (title: string | null, name = 'standup') =>
  recordingName(aRecord({ startedAt, title, room: { id: newId('room'), name } }));
const track = (name: string, source: 'camera' | 'screen' = 'camera') => ({
  name: 'part-1.webm',
  kind: 'track' as const,
  source,
  participant: { id: newId('part'), name },
});

describe('names to save under', () => {
  it('say what, when and whose', () => {
    const record = aRecord({ startedAt, title: 'Weekly sync' });
    expect(downloadName(record, track('Ana'))).toBe('Weekly sync 2026-01-31 14.05 Ana.webm');
    expect(downloadName(record, track('Ana', 'screen'))).toMatch(/ Ana screen\.webm$/);
    const chat = { name: 'chat.txt', kind: 'chat' as const, source: null, participant: null };
    expect(downloadName(record, chat)).toMatch(/14\.05 chat\.txt$/);
  });

  it.each([
    [null, 'standup'],
    ['', 'standup'],
    ['...', 'standup'],
    ['../../etc/passwd', 'etc passwd'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j'],
    ['x\r\nset-cookie: a=b', 'xset-cookie a=b'],
    ['evil\u202egpj.exe', 'evilgpj.exe'],
    ['Größe 会議 🎉', 'Größe 会議 🎉'],
    ['half a \ud83c letter', 'half a letter'],
    ['x'.repeat(200), 'x'.repeat(60)],
    ['会'.repeat(200), '会'.repeat(33)],
    [' . ends . ', 'ends'],
  ])('make of %j', (title, expected) => {
    expect(named(title)).toBe(`${expected} 2026-01-31 14.05`);
  });

  it('fit into a file system with all their parts', () => {
    const record = aRecord({ startedAt, title: '🎉'.repeat(200) });
    const name = downloadName(record, track('会'.repeat(64), 'screen'));
    expect(Buffer.byteLength(name)).toBeLessThan(255);
  });

  it('hold on when nothing is left of a name', () => {
    expect(named('\u202e', '\u200b')).toBe('recording 2026-01-31 14.05');
    expect(fileName(track('///'))).toBe('track.webm');
  });
});

describe('Content-Disposition', () => {
  it.each([
    ['Ana.webm', `attachment; filename="Ana.webm"; filename*=UTF-8''Ana.webm`],
    ['Größe.webm', `attachment; filename="Gro_e.webm"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.webm`],
    [
      '会議 1.webm',
      `attachment; filename="__ 1.webm"; filename*=UTF-8''%E4%BC%9A%E8%AD%B0%201.webm`,
    ],
    [
      `a'(b)*%41.webm`,
      `attachment; filename="a'(b)*_41.webm"; filename*=UTF-8''a%27%28b%29%2A%2541.webm`,
    ],
  ])('names %s', (name, expected) => {
    const header = contentDisposition('attachment', name);
    expect(header).toBe(expected);
    expect(header).toMatch(/^[\x20-\x7e]+$/);
  });
});

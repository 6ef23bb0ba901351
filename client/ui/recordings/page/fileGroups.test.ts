import { describe, expect, it } from 'vitest';
import { curlLine, groupsOf, useOf, type ListedFile } from './fileGroups.ts';

const file = (name: string, kind: ListedFile['kind']): ListedFile => ({
  name,
  kind,
  participant: null,
  source: null,
  type: '',
  bytes: 1,
  durationMs: null,
  sha256: null,
  url: '',
});

describe('groupsOf', () => {
  it('sorts files by what people want them for, and shows no empty group', () => {
    const groups = groupsOf([
      file('recording.mp3', 'audio'),
      file('speakers.json', 'speakers'),
      file('1-ana-camera.webm', 'track'),
      file('recording.m4a', 'audio'),
    ]);
    expect(groups.map(({ title, files }) => [title, files.length])).toEqual([
      ['Sound only', 2],
      ['Each person separately', 1],
      ['For programs', 1],
    ]);
    expect(groupsOf([])).toEqual([]);
  });
});

describe('useOf', () => {
  it('says what a file is good for', () => {
    expect(useOf(file('recording.mp3', 'audio'))).toMatch(/podcast/);
    expect(useOf(file('peaks.json', 'peaks'))).toMatch(/audiowaveform/);
    expect(useOf(file('x.zzz', 'track'))).toBe('');
  });
});

describe('curlLine', () => {
  it('goes on where it was cut off', () => {
    expect(curlLine('https://a.example/x.mp4')).toBe("curl -C - -O 'https://a.example/x.mp4'");
  });
});

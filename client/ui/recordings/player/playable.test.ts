import { describe, expect, it } from 'vitest';
import type { RecordingResource } from '../../../../server/protocol/recordings.ts';
import { aRenderSpec } from '../../../../test/support/aRenderSpec.ts';
import { playablesOf } from './playable.ts';

type File = RecordingResource['files'][number];

const file = (name: string, more: Partial<File> = {}): File => ({
  name,
  kind: 'track',
  participant: { id: 'part_1', name: 'Ana' },
  source: 'camera',
  type: 'video/webm',
  bytes: 1,
  durationMs: 60_000,
  sha256: null,
  url: '',
  ...more,
});

const everybodys = { participant: null, source: null } as const;
const sound = file('recording.m4a', { ...everybodys, kind: 'audio', type: 'audio/mp4' });
const mp3 = file('recording.mp3', { ...everybodys, kind: 'audio', type: 'audio/mpeg' });
const voice = file('1-ana.webm', { type: 'audio/webm' });
const film = file('2-ben.webm', { participant: { id: 'part_2', name: 'Ben' } });
const screen = file('2-ben-screen.webm', { ...film, name: '2-ben-screen.webm', source: 'screen' });
const old = file('render-1.mp4', { ...everybodys, kind: 'composite' });
const newer = file('render-2.mp4', { ...everybodys, kind: 'composite', durationMs: 50_000 });

const of = (files: File[], renders: Parameters<typeof playablesOf>[1] = []) =>
  playablesOf(
    { files, durationMs: 60_000, gaps: [{ fromMs: 10_000, toMs: 20_000, reason: 'paused' }] },
    renders,
  );
const names = (...args: Parameters<typeof of>) => of(...args).map((one) => one.file);

describe('playablesOf', () => {
  it('begins with one video, the newest, then people with a picture, then sound', () => {
    expect(names([mp3, voice, film, old, newer, sound])).toEqual([
      'render-2.mp4',
      'render-1.mp4',
      '2-ben.webm',
      '1-ana.webm',
      'recording.m4a',
    ]);
    expect(names([voice, sound, film])[0]).toBe('2-ben.webm');
  });

  it('begins with everybody’s sound where there is no picture', () => {
    expect(names([voice, mp3])).toEqual(['recording.mp3', '1-ana.webm']);
  });

  it('leaves out what still grows', () => {
    expect(names([file('live.webm', { bytes: null })])).toEqual([]);
  });

  it('says whose it is', () => {
    expect(of([film, screen]).map(({ label }) => label)).toEqual(['Ben alone', 'Ben’s screen']);
  });

  it('knows the clock of a video from its render, else from its length', () => {
    const kept = [{ fromMs: 5_000, toMs: 9_000 }];
    const spec = aRenderSpec({ layout: 'speaker' });
    const [first, second] = of([old, newer], [{ file: 'render-1.mp4', kept, spec }]);
    expect(first?.kept).toEqual([
      { fromMs: 0, toMs: 10_000 },
      { fromMs: 20_000, toMs: 60_000 },
    ]);
    expect(second).toMatchObject({ kept, label: 'One video: whoever speaks, large' });
  });

  it('does not pretend to know the clock of a part', () => {
    const part = file('render-3.mp4', { ...everybodys, kind: 'composite', durationMs: 7_000 });
    expect(of([part])[0]?.kept).toBeNull();
  });

  it('offers sound that was asked for, too, and says what is in it', () => {
    const asked = file('render-4.m4a', { ...everybodys, kind: 'audio', type: 'audio/mp4' });
    const kept = [{ fromMs: 0, toMs: 9_000 }];
    const spec = aRenderSpec({ layout: 'audio', toMs: 9_000 });
    const [, , made] = of([film, sound, asked], [{ file: 'render-4.m4a', kept, spec }]);
    expect(made).toMatchObject({ kept, label: 'Sound only, from 00:00 to 00:09 (M4A)' });
    expect(of([film, sound, asked])).toHaveLength(2);
  });
});

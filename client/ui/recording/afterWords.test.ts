import { describe, expect, it } from 'vitest';
import type { RecordingResource } from '../../../server/protocol/recordings.ts';
import { fileWords, recordedWords, sizeWords, stageOf } from './afterWords.ts';
import { SeenRecordings } from './SeenRecordings.ts';

type ListedFile = RecordingResource['files'][number];

const resource = (more: Partial<RecordingResource>) =>
  ({
    state: 'ready',
    durationMs: 61_000,
    bytes: 1_234_567,
    partial: false,
    failure: null,
    progress: null,
    ...more,
  }) as unknown as RecordingResource;

const seen = (id: 'rec_1' | 'rec_2', startedBy: string | null, withMe = true) => ({
  id,
  startedBy,
  withMe,
});

describe('sizeWords', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [999_949, '1.0 MB'],
    [1_234_567, '1.2 MB'],
    [123_456_789, '123 MB'],
    [5e15, '5000 TB'],
  ])('%d bytes are %s', (bytes, words) => {
    expect(sizeWords(bytes)).toBe(words);
  });
});

describe('recordedWords', () => {
  it('says by whom, once each', () => {
    expect(recordedWords([seen('rec_1', 'Ana'), seen('rec_2', 'Ana')])).toBe(
      'This call was recorded by Ana.',
    );
    expect(recordedWords([seen('rec_1', null)])).toBe('This call was recorded.');
  });

  it('says when one is not in it', () => {
    expect(recordedWords([seen('rec_1', 'Ana', false)])).toMatch(/You are not in it/);
    expect(recordedWords([seen('rec_1', 'Ana', false), seen('rec_2', 'Ana')])).not.toMatch(
      /not in it/,
    );
  });
});

describe('SeenRecordings', () => {
  it('knows who was recorded for a while, and forgets no recording', () => {
    const log = new SeenRecordings();
    const status = { startedBy: 'Ana', unrecorded: [] as `part_${string}`[] };
    const note = (id: `rec_${string}`, unrecorded: `part_${string}`[]) =>
      log.note({ ...status, id, unrecorded } as never, 'part_me');
    note('rec_1', ['part_me']);
    expect(log.list).toEqual([{ id: 'rec_1', startedBy: 'Ana', withMe: false }]);
    note('rec_1', ['part_other']);
    note('rec_1', ['part_me']);
    note('rec_2', []);
    expect(log.list.map(({ id, withMe }) => [id, withMe])).toEqual([
      ['rec_1', true],
      ['rec_2', true],
    ]);
  });
});

describe('stageOf', () => {
  it('leads from the call to the files', () => {
    expect(stageOf(resource({ state: 'paused' })).name).toBe('running');
    expect(stageOf(resource({ state: 'finishing', progress: 0.4 }))).toMatchObject({ share: 0.4 });
    expect(stageOf(resource({ state: 'recovering' }))).toMatchObject({ share: null });
    expect(stageOf(resource({}))).toEqual({ name: 'ready', words: 'Ready: 01:01 long, 1.2 MB.' });
    expect(stageOf(resource({ partial: true })).words).toMatch(/A part of it is missing/);
    expect(stageOf(resource({ state: 'failed', failure: 'No codec.' })).words).toMatch(/No codec/);
  });
});

describe('fileWords', () => {
  it('says whose file it is, what is in it and how large it is', () => {
    const file = { name: 'ana.mkv', kind: 'track', source: 'camera', bytes: 1000 } as const;
    const ana = { id: 'part_1', name: 'Ana' } as const;
    const words = (more: object) =>
      fileWords({ ...file, participant: ana, ...more } as unknown as ListedFile);
    expect(words({})).toBe('Ana: camera and microphone (MKV), 1.0 kB');
    expect(words({ source: 'screen' })).toBe('Ana: screen (MKV), 1.0 kB');
    const sound = { name: 'audio.mp3', participant: null, kind: 'audio', source: null };
    expect(words(sound)).toBe('Sound only (MP3), 1.0 kB');
    expect(words({ bytes: null })).toBe('Ana: camera and microphone (MKV)');
  });
});

import { describe, expect, it } from 'vitest';
import { aRenderSpec } from '../../../../test/support/aRenderSpec.ts';
import { remainingWords, renderStateWords, specWords } from './renderWords.ts';

const ana = { participantId: 'part_1', name: 'Ana', stays: [], consent: null } as const;
const ben = { participantId: 'part_2', name: 'Ben', stays: [], consent: null } as const;
const recording = { participants: [ana, ben] };

describe('specWords', () => {
  it('says what was wished for', () => {
    expect(specWords(aRenderSpec(), recording)).toBe('Everybody, all the same size · 720p · MP4');
    expect(specWords(aRenderSpec({ layout: 'audio', format: 'webm' }), recording)).toBe(
      'Sound only · WebM',
    );
    const more = { layout: 'single', person: 'part_1', fromMs: 60_000 } as const;
    expect(specWords(aRenderSpec({ ...more, without: ['part_2'] }), recording)).toBe(
      'Ana · 720p · MP4 · from 01:00 to the end · without Ben',
    );
    expect(specWords(aRenderSpec({ toMs: 90_000, silenced: ['part_9'] }), recording)).toMatch(
      /from 00:00 to 01:30 · somebody not heard$/,
    );
  });
});

describe('remainingWords', () => {
  it.each([
    [0, '5 seconds left'],
    [12_000, '15 seconds left'],
    [55_000, 'about a minute left'],
    [150_000, 'about 3 minutes left'],
    [3_700_000, 'about an hour left'],
    [9_000_000, 'about 3 hours left'],
  ])('of %d ms are %s', (ms, words) => {
    expect(remainingWords(ms)).toBe(words);
  });
});

describe('renderStateWords', () => {
  const standing = {
    state: 'rendering',
    progress: 0.427,
    remainingMs: null,
    failure: null,
  } as const;

  it('says how far it is', () => {
    expect(renderStateWords(standing)).toBe('42 %');
    expect(renderStateWords({ ...standing, remainingMs: 60_000 })).toBe(
      '42 %, about a minute left',
    );
    expect(renderStateWords({ ...standing, state: 'failed', failure: 'No space.' })).toBe(
      'No space.',
    );
  });
});

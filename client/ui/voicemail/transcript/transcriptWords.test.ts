import { describe, expect, it } from 'vitest';
import { spokenWords, transcriptStateWords } from './transcriptWords.ts';

const word = (text: string, startMs: number, confidence: number | null = null) => ({
  text,
  startMs,
  endMs: startMs + 100,
  confidence,
});

describe('a transcript in words', () => {
  it('says where it stands, and nothing where there is none', () => {
    expect(transcriptStateWords('pending')).toContain('being written');
    expect(transcriptStateWords('failed')).toContain('could not');
    expect(transcriptStateWords('none')).toBeNull();
    expect(transcriptStateWords('ready')).toBeNull();
  });

  it('has the marks of the text with its words', () => {
    const words = [word('Call', 0), word('me', 200, 0.2), word('me', 400, 0.9), word('back', 600)];
    const texts = (text: string | null) => spokenWords({ text, words }).map((one) => one.text);
    expect(texts('“Call me – me back!”')).toEqual(['“Call', 'me –', 'me', 'back!”']);
    // Where the two do not agree, the words are what has times.
    expect(texts('Ring me back')).toEqual(['Call', 'me', 'me', 'back']);
    expect(texts(null)).toEqual(['Call', 'me', 'me', 'back']);
    const unsure = spokenWords({ text: null, words }).map((one) => one.unsure);
    expect(unsure).toEqual([false, true, false, false]);
  });
});

import { describe, expect, it } from 'vitest';
import { announcement, isBeingLeft, leavingWords, stateWords } from './liveWords.ts';

const from = (displayName: string) => ({ from: { name: null, displayName } });

describe('a message that is being left', () => {
  it('is there from the greeting until it is sent, gone or picked up', () => {
    const states = ['greeting', 'recording', 'finishing', 'recorded'] as const;
    for (const state of states) {
      expect(isBeingLeft({ state })).toBe(true);
      expect(stateWords(state)).not.toBe('');
    }
    for (const state of ['saved', 'gone', 'pickedUp'] as const) {
      expect(isBeingLeft({ state })).toBe(false);
    }
  });

  it('says whose it is', () => {
    expect(leavingWords(from('Greta'))).toBe('Greta is leaving a message');
    expect(announcement([from('Greta'), from('Ben')])).toBe(
      'Greta is leaving a message. Ben is leaving a message.',
    );
    expect(announcement([])).toBe('');
  });
});

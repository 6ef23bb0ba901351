import { describe, expect, it } from 'vitest';
import { callerName, emptyWords, messageFacts, movedWords } from './messageWords.ts';

describe('a message in words', () => {
  it('says that a guest is one', () => {
    expect(callerName({ from: { name: null, displayName: 'Greta' } })).toBe('Greta (guest)');
    expect(callerName({ from: { name: 'ben', displayName: 'Ben' } })).toBe('Ben');
  });

  it('says its length, why it is there, and that it is not whole', () => {
    expect(
      messageFacts({
        durationMs: 65_000,
        reason: 'declined',
        partial: true,
        pickedUp: false,
        purgeAt: null,
      }),
    ).toBe('1:05 · You declined · Cut short');
    expect(
      messageFacts({
        durationMs: 4_000,
        reason: 'chosen',
        partial: false,
        pickedUp: false,
        purgeAt: null,
      }),
    ).toBe('0:04');
    expect(
      messageFacts({
        durationMs: 9_000,
        reason: 'noAnswer',
        partial: false,
        pickedUp: true,
        purgeAt: null,
      }),
    ).toBe('0:09 · You did not answer · You picked up');
  });

  it('tells an empty folder from a search that found nothing', () => {
    expect(emptyWords('trash', { q: '', only: 'all' })).toBe('The trash is empty.');
    expect(emptyWords('trash', { q: 'ben', only: 'unread' })).toContain('“ben”');
    expect(emptyWords('inbox', { q: '', only: 'urgent' })).toBe('Nothing here is urgent.');
  });

  it('says how many are where', () => {
    expect(movedWords(1, 'saved')).toBe('The message is saved.');
    expect(movedWords(3, 'trash')).toBe('3 messages are in the trash.');
  });
});

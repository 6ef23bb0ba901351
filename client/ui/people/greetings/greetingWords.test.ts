import { describe, expect, it } from 'vitest';
import type { Greeting, GreetingKind } from '../../../../server/protocol/greetings.ts';
import { RestError } from '../../../core/RestError.ts';
import { whenWords } from '../../parts/when.ts';
import {
  endWords,
  fieldTime,
  inUseWords,
  isOver,
  LANGUAGE_CHOICES,
  languageWords,
  lengthWords,
  refusedWords,
} from './greetingWords.ts';

const NOW = Date.UTC(2026, 11, 1, 12);
const LATER = new Date(NOW + 3_600_000).toISOString();
const OURS = 'Callers hear a voice of ours, in the language of the caller where it knows that.';

const greeting = (kind: GreetingKind, until: string | null = null): Greeting => ({
  kind,
  language: null,
  until,
  expired: false,
  durationMs: 7_300,
  bytes: 30_000,
  updatedAt: new Date(NOW).toISOString(),
  url: `/api/v1/greetings/${kind}/sound`,
});
const inUse = (kind: GreetingKind, ...kinds: readonly GreetingKind[]) =>
  inUseWords(
    kind,
    kinds.map((one) => greeting(one)),
    NOW,
  );

describe('what is in use', () => {
  it('is what the next best is where nothing was recorded', () => {
    expect(inUse('unavailable')).toBe(OURS);
    expect(inUse('busy')).toBe(OURS);
    expect(inUse('busy', 'unavailable', 'name')).toBe(
      'Callers hear what you recorded for when you cannot answer.',
    );
    expect(inUse('busy', 'name')).toBe('Callers hear your name, then words of ours.');
    expect(inUse('temporary', 'name')).toBe('Not recorded.');
    expect(inUse('name', 'name')).toBeNull();
    expect(inUse('unavailable', 'unavailable')).toBeNull();
  });

  it('is the temporary one until it ends, and what was before from then on', () => {
    const both = [greeting('unavailable'), greeting('temporary', LATER)];
    expect(inUseWords('unavailable', both, NOW)).toBe(
      `Not heard until ${whenWords(LATER)}: the one for a while comes first.`,
    );
    expect(inUseWords('temporary', both, NOW)).toBeNull();
    expect(inUseWords('busy', both, NOW)).toBe(
      `Callers hear the one for a while until ${whenWords(LATER)}.`,
    );
    expect(inUseWords('name', both, NOW)).toBe('Not recorded.');
    expect(inUseWords('unavailable', both, Date.parse(LATER))).toBeNull();
  });

  it('says when it ends, and that it has ended', () => {
    expect(endWords(greeting('unavailable'), NOW)).toBeNull();
    const until = { until: LATER, expired: false };
    expect(endWords(until, NOW)).toBe(`Until ${whenWords(LATER)}`);
    expect(endWords(until, Date.parse(LATER))).toBe(
      `Ended ${whenWords(LATER)}: callers do not hear it`,
    );
    expect(isOver({ ...until, expired: true }, NOW)).toBe(true);
  });
});

describe('the words of greetings', () => {
  it('name languages and lengths', () => {
    expect(languageWords(null)).toBe('All callers');
    expect(languageWords('de')).toBe('Callers who speak German');
    expect(LANGUAGE_CHOICES[0]).toEqual(['', 'All callers']);
    expect(LANGUAGE_CHOICES).toContainEqual(['fr', 'French']);
    expect(['', ...LANGUAGE_CHOICES.map(([code]) => code)].every((code) => code.length < 4)).toBe(
      true,
    );
    expect(lengthWords(7_300)).toBe('0:07');
    expect(lengthWords(60_000)).toBe('1:00');
  });

  it('say why one was not kept as the server says it', () => {
    const short = new RestError('bad_request', 400, 'It is too short to be a greeting.');
    expect(refusedWords(short)).toBe('It is too short to be a greeting.');
    expect(refusedWords(new RestError('too_large', 413, ''))).toMatch(/12 MB/);
    expect(refusedWords(new RestError('offline', 0, ''))).toMatch(/cannot be reached/);
  });

  it('fill the field of an end with local time', () => {
    expect(fieldTime(new Date(2026, 0, 2, 3, 4))).toBe('2026-01-02T03:04');
  });
});

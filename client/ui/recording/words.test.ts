import { describe, expect, it } from 'vitest';
import type { RecordingStatus } from '../../../server/protocol/recordings.ts';
import {
  arrivalNews,
  changeNews,
  durationClock,
  endNews,
  failureWords,
  lookOf,
  missedNews,
} from './words.ts';

const status = (more: Partial<RecordingStatus> = {}): RecordingStatus => ({
  id: 'rec_1',
  state: 'recording',
  startedAt: '2026-01-01T10:00:00.000Z',
  startedBy: 'Ana',
  onDiskMs: 61_900,
  stalled: false,
  consentRequired: false,
  unrecorded: [],
  ...more,
});

describe('durationClock', () => {
  it.each([
    [0, '00:00'],
    [999, '00:00'],
    [61_900, '01:01'],
    [3_599_999, '59:59'],
    [3_600_000, '1:00:00'],
    [-5, '00:00'],
  ])('%d ms are %s', (ms, words) => {
    expect(durationClock(ms)).toBe(words);
  });
});

describe('lookOf', () => {
  it('does not call a paused recording stalled', () => {
    expect(lookOf(status())).toBe('recording');
    expect(lookOf(status({ stalled: true }))).toBe('stalled');
    expect(lookOf(status({ state: 'paused', stalled: true }))).toBe('paused');
    expect(lookOf(status({ state: 'stopping' }))).toBe('passing');
  });
});

describe('what is told', () => {
  it('says who started, and with a sound of its own what happens', () => {
    expect(changeNews(null, status({ state: 'starting' }))).toEqual({
      words: 'Ana started recording.',
      sound: 'start',
    });
    expect(changeNews(null, status({ startedBy: null }))?.words).toMatch(/records by itself/);
    expect(changeNews(status(), status({ state: 'paused' }))?.words).toBe(
      'The recording is paused.',
    );
    expect(changeNews(status({ state: 'paused' }), status())?.words).toBe('The recording goes on.');
  });

  it('raises the alarm when nothing is written, with what is safe, and calls it off', () => {
    const alarm = changeNews(status(), status({ stalled: true }));
    expect(alarm?.sound).toBe('alarm');
    expect(alarm?.words).toContain('The first 01:01 are kept');
    expect(changeNews(status({ stalled: true }), status())?.words).toMatch(/written again/);
  });

  it('is silent about progress, about answers and on the way from one state to the next', () => {
    expect(changeNews(status(), status({ onDiskMs: 62_000 }))).toBeNull();
    expect(changeNews(status(), status({ unrecorded: ['part_1'] }))).toBeNull();
    expect(changeNews(status({ state: 'starting' }), status())).toBeNull();
    expect(changeNews(status(), status({ state: 'stopping' }))).toBeNull();
  });

  it('says why it ended where that is not what somebody wanted', () => {
    expect(endNews('stopped')).toEqual({
      words: 'The recording has stopped. It is being kept.',
      sound: 'stop',
    });
    expect(endNews(null)).toEqual(endNews('stopped'));
    expect(endNews('maxLength').words).toMatch(/as long as it may be/);
    expect(endNews('disk')).toMatchObject({ sound: 'alarm' });
    expect(missedNews('disk').words).toMatch(/disk is full: this call is not recorded/);
  });

  it('takes another recording for a start', () => {
    expect(changeNews(status(), status({ id: 'rec_2', startedBy: 'Ben' }))?.words).toBe(
      'Ben started recording.',
    );
  });

  it('tells whoever comes, without a sound', () => {
    const news = arrivalNews(status());
    expect(news.words).toMatch(/^This call is being recorded\. Since .+, started by Ana\.$/);
    expect(news.sound).toBeNull();
  });
});

describe('failureWords', () => {
  it('says what is the matter where that is known', () => {
    expect(failureWords('disk_full', 'started')).toMatch(/disk is full/);
    expect(failureWords('internal', 'paused')).toMatch(/could not be paused/);
    expect(failureWords(undefined, 'stopped')).toMatch(/could not be stopped/);
  });
});

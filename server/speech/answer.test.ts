import { describe, expect, it } from 'vitest';
import { readAnswer } from './answer.ts';
import { languageCode } from './languageCode.ts';
import { addressOf } from './SpeechService.ts';

const read = (value: unknown) => readAnswer(JSON.stringify(value), 3_000);

describe('what a speech service answers', () => {
  it('has words at its top', () => {
    expect(
      read({
        task: 'transcribe',
        language: 'english',
        duration: 3,
        text: ' Call me back. ',
        words: [
          { word: 'Call', start: 0.1, end: 0.4 },
          { word: ' me', start: 0.4, end: 0.6, probability: 0.25 },
          { word: 'back', start: 2.9, end: 3.7, probability: 1.5 },
          { word: ' ', start: 3, end: 3 },
        ],
      }),
    ).toEqual({
      text: 'Call me back.',
      language: 'en',
      words: [
        { text: 'Call', startMs: 100, endMs: 400, confidence: null },
        { text: 'me', startMs: 400, endMs: 600, confidence: 0.25 },
        { text: 'back', startMs: 2900, endMs: 3000, confidence: 1 },
      ],
    });
  });

  it('has words in segments, or segments alone', () => {
    const segment = { start: 0, end: 2, text: ' Hallo Welt', avg_logprob: Math.log(0.5) };
    const words = [{ word: 'Hallo', start: 0, end: 1, probability: 0.9 }];
    expect(
      read({ text: 'Hallo', language: 'de', segments: [{ ...segment, words }] }).words,
    ).toEqual([{ text: 'Hallo', startMs: 0, endMs: 1000, confidence: 0.9 }]);
    const [only] = read({ text: 'Hallo Welt', segments: [segment] }).words;
    expect(only).toMatchObject({ text: 'Hallo Welt', startMs: 0, endMs: 2000 });
    expect(only?.confidence).toBeCloseTo(0.5);
  });

  it('may be text alone, or nothing', () => {
    expect(read({ text: '' })).toEqual({ text: '', language: null, words: [] });
  });

  it.each(['<html>', '{}', '{"text":5}', 'null', '[]', '{"text":"a","words":[{"word":"a"}]}'])(
    'is no transcription: %s',
    (answer) => {
      expect(() => readAnswer(answer, 1_000)).toThrow(/JSON|something else/);
    },
  );

  it('is bounded, however much is said', () => {
    const words = Array.from({ length: 9_000 }, () => ({ word: 'so', start: 0, end: 1 }));
    const { text, words: kept } = read({ text: 'so '.repeat(50_000), words });
    expect([text.length, kept.length]).toEqual([20_000, 5_000]);
  });
});

it.each([
  ['english', 'en'],
  ['German', 'de'],
  ['pt-br', 'pt-BR'],
  ['Klingonish', null],
  ['', null],
])('%s is %s', (said, code) => {
  expect(languageCode(said)).toBe(code);
});

it.each([
  ['http://localhost:8000', 'http://localhost:8000/v1/audio/transcriptions'],
  ['http://localhost:8000/', 'http://localhost:8000/v1/audio/transcriptions'],
  ['https://api.example.org/openai/v1', 'https://api.example.org/openai/v1/audio/transcriptions'],
  ['http://h/v1/audio/transcriptions', 'http://h/v1/audio/transcriptions'],
])('%s is asked at %s', (url, address) => {
  expect(addressOf(url)).toBe(address);
});

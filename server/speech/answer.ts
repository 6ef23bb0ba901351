import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { MAX_TRANSCRIPT_LENGTH, MAX_WORDS, type TranscriptWord } from '../protocol/voicemail.ts';
import type { Transcription } from '../voicemail/Transcript.ts';
import { languageCode } from './languageCode.ts';

/** Seconds. */
const span = { start: Type.Number(), end: Type.Number() };
const WordSchema = Type.Object({
  ...span,
  word: Type.String(),
  probability: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
});
const Words = Type.Optional(Type.Union([Type.Array(WordSchema), Type.Null()]));

/** `verbose_json`, as OpenAI, whisper.cpp and faster-whisper write it: words stand at its top or in segments. */
const check = Compile(
  Type.Object({
    text: Type.String(),
    language: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    words: Words,
    segments: Type.Optional(
      Type.Union([
        Type.Array(
          Type.Object({
            ...span,
            text: Type.String(),
            avg_logprob: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
            words: Words,
          }),
        ),
        Type.Null(),
      ]),
    ),
  }),
);

/** Throws when it is no transcription. */
export const readAnswer = (answer: string, durationMs: number): Transcription => {
  const value: unknown = JSON.parse(answer);
  if (!check.Check(value)) throw new Error('The speech service answered something else');
  const { text, language, segments } = value;
  const inSegments = (segments ?? []).flatMap(({ words }) => words ?? []);
  const words = value.words?.length ? value.words : inSegments;
  // Without times of words, whole sentences can be gone to.
  const pieces =
    words.length > 0
      ? words.map(({ word, probability, ...at }) => ({
          ...at,
          text: word,
          confidence: probability,
        }))
      : (segments ?? []).map(({ avg_logprob: logprob, ...segment }) => ({
          ...segment,
          confidence: typeof logprob === 'number' ? Math.exp(logprob) : null,
        }));
  return {
    text: text.trim().slice(0, MAX_TRANSCRIPT_LENGTH),
    language: languageCode(language ?? ''),
    words: pieces.flatMap((piece) => wordOf(piece, durationMs)).slice(0, MAX_WORDS),
  };
};

interface Piece extends Pick<Static<typeof WordSchema>, 'start' | 'end'> {
  readonly text: string;
  readonly confidence?: number | null | undefined;
}

const wordOf = ({ start, end, text, confidence }: Piece, durationMs: number): TranscriptWord[] => {
  const said = text.trim().slice(0, MAX_TRANSCRIPT_LENGTH);
  if (said === '') return [];
  const within = (ms: number): number => Math.round(Math.min(Math.max(ms, 0), durationMs));
  const startMs = within(start * 1000);
  return [
    {
      text: said,
      startMs,
      endMs: Math.max(startMs, within(end * 1000)),
      confidence: typeof confidence === 'number' ? Math.min(Math.max(confidence, 0), 1) : null,
    },
  ];
};

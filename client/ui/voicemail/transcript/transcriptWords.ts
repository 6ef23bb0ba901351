import type {
  TranscriptResource,
  TranscriptSummary,
} from '../../../../server/protocol/voicemail.ts';

/** Surer than that, a word is most likely what was said. */
const SURE = 0.5;

/** Where it stands, for people; null: nothing is to be said, or the words themselves. */
export const transcriptStateWords = (state: TranscriptSummary['state']): string | null => {
  if (state === 'pending') return 'Transcript: being written…';
  if (state === 'failed') return 'Transcript: it could not be written.';
  return null;
};

const isUnsure = (confidence: number | null): boolean => confidence !== null && confidence < SURE;

export interface SpokenWord {
  /** With the marks that follow it in the text. */
  readonly text: string;
  readonly startMs: number;
  readonly unsure: boolean;
}

/** Words as they are read: services give them without the marks that stand between them in the text. */
export const spokenWords = ({
  text,
  words,
}: Pick<TranscriptResource, 'text' | 'words'>): readonly SpokenWord[] => {
  const whole = text ?? '';
  let from = 0;
  const places = words.map((word) => {
    const at = whole.indexOf(word.text, from);
    if (at >= 0) from = at + word.text.length;
    return at;
  });
  const isAligned = places.every((at) => at >= 0);
  return words.map(({ text: word, startMs, confidence }, i) => ({
    text: isAligned ? whole.slice(i === 0 ? 0 : places[i], places[i + 1]).trim() : word,
    startMs,
    unsure: isUnsure(confidence),
  }));
};

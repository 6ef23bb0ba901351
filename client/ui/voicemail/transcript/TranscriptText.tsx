import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { TranscriptResource } from '../../../../server/protocol/voicemail.ts';
import { spokenWords } from './transcriptWords.ts';

type Step = (at: number, last: number) => number;

const STEPS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['ArrowRight', (at, last) => Math.min(at + 1, last)],
  ['ArrowLeft', (at) => Math.max(at - 1, 0)],
  ['Home', () => 0],
  ['End', (_, last) => last],
]);

/** What was said; each word goes to its place. By keyboard it is one stop, and arrows go from word to word. */
export const TranscriptText = ({
  transcript,
  onSeek,
}: {
  transcript: TranscriptResource;
  onSeek: (ms: number) => void;
}): JSX.Element => {
  const text = useRef<HTMLParagraphElement>(null);
  const [at, setAt] = useState(0);
  const lang = transcript.language === null ? {} : { lang: transcript.language };
  const words = spokenWords(transcript);
  if (words.length === 0) {
    return <p {...lang}>{transcript.text || 'No words were heard in it.'}</p>;
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS.get(event.key);
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = step(at, words.length - 1);
    setAt(next);
    text.current?.querySelectorAll<HTMLElement>('button')[next]?.focus();
  };
  return (
    <p ref={text} role="group" aria-label="What was said" onKeyDown={onKeyDown} {...lang}>
      {words.map(({ text: word, startMs, unsure }, i) => (
        <button
          // Words have nothing of their own but their place.
          key={i}
          type="button"
          class="transcript-word"
          data-unsure={unsure}
          tabIndex={i === at ? 0 : -1}
          onFocus={() => setAt(i)}
          onClick={() => onSeek(startMs)}
        >
          {word}
        </button>
      ))}
    </p>
  );
};

import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Voicemail } from '../../../../server/protocol/voicemail.ts';
import { TranscriptText } from './TranscriptText.tsx';
import { transcriptStateWords } from './transcriptWords.ts';
import { useTranscript } from './useTranscript.ts';
import './transcript.css';

/** What was said in a message, in writing, for who wants to read it; or where that stands. */
export const MessageTranscript = ({
  message: { id, mailbox, transcript },
  onSeek,
}: {
  message: Pick<Voicemail, 'id' | 'mailbox' | 'transcript'>;
  /** Play from there. */
  onSeek: (ms: number) => void;
}): JSX.Element | null => {
  const text = useId();
  const [isOpen, setOpen] = useState(false);
  const isReady = transcript.state === 'ready';
  const found = useTranscript({ id, mailbox }, isOpen && isReady);
  if (!isReady) {
    const words = transcriptStateWords(transcript.state);
    return words === null ? null : <p class="small-print transcript">{words}</p>;
  }
  return (
    <div class="transcript">
      <button
        type="button"
        class="button quiet small"
        aria-expanded={isOpen}
        aria-controls={text}
        onClick={() => setOpen(!isOpen)}
      >
        Transcript
      </button>
      <div id={text} class="transcript-text" hidden={!isOpen}>
        {found === 'looking' && <p class="soft">Looking…</p>}
        {found === 'failed' && <p class="soft">It could not be fetched. Close it and try again.</p>}
        {typeof found === 'object' && <TranscriptText transcript={found} onSeek={onSeek} />}
      </div>
    </div>
  );
};

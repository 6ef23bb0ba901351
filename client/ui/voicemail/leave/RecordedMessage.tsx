import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { DraftState } from '../../../../server/protocol/voicemail.ts';
import { centre } from '../../calls/centre.ts';
import { Icon } from '../../parts/Icon.tsx';
import { Switch } from '../../parts/Switch.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { clockWords } from './leaveWords.ts';
import type { MessageLeaving } from './MessageLeaving.ts';
import { useListening } from './useListening.ts';

/** What was said can be heard, said anew, and sent with a word. */
export const RecordedMessage = ({
  leaving,
  draft,
}: {
  leaving: MessageLeaving;
  draft: DraftState;
}): JSX.Element => {
  const [urgent, setUrgent] = useState(false);
  const [note, setNote] = useState('');
  const url = draft.videoUrl ?? draft.url;
  const { ref, toggle, isPlaying } = useListening(url, leaving.messageKey);
  const take = (element: HTMLMediaElement | null) => {
    ref.current = element;
  };
  const isGood = draft.problem === null;
  const busy = leaving.busy.value;
  const send = (event: Event) => {
    event.preventDefault();
    const words = note.trim();
    void leaving.send({ urgent, ...(words !== '' && { note: words }) });
  };
  return (
    <form class="message-form" onSubmit={send}>
      {draft.videoUrl === null ? (
        <audio ref={take} hidden />
      ) : (
        <video ref={take} class="message-film" aria-label="Your message" playsInline />
      )}
      <div class="button-row">
        {url !== null && (
          <button type="button" class="button" onClick={toggle}>
            <Icon name={isPlaying ? 'pause' : 'play'} />
            {isPlaying ? 'Pause' : 'Listen'}
          </button>
        )}
        <button
          type="button"
          class="button"
          aria-busy={busy}
          onClick={() => void leaving.recordAgain()}
        >
          <Icon name="back" />
          Record again
        </button>
        {draft.durationMs > 0 && (
          <span class="small-print message-length">{clockWords(draft.durationMs)}</span>
        )}
      </div>
      {isGood && (
        <>
          <TextField
            label="A line of text"
            hint="What it is about, if you like."
            value={note}
            maxLength={500}
            autocomplete="off"
            onInput={setNote}
          />
          <Switch label="Urgent" on={urgent} onChange={setUrgent} />
        </>
      )}
      <div class="button-row">
        {isGood && (
          <button type="submit" class="button primary" aria-busy={busy}>
            <Icon name="arrow" />
            Send
          </button>
        )}
        <button
          type="button"
          class="button quiet"
          onClick={() => {
            leaving.cancel();
            centre.dismiss();
          }}
        >
          Cancel
        </button>
      </div>
    </form>
  );
};

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Voicemail } from '../../../../../server/protocol/voicemail.ts';
import { Icon } from '../../../parts/Icon.tsx';
import { recentWords } from '../../../parts/when.ts';
import { MessageTranscript } from '../../transcript/MessageTranscript.tsx';
import { forwardedWords } from '../../onward/onwardWords.ts';
import { me } from '../../../people/session.ts';
import type { Inbox } from '../Inbox.ts';
import { callerName, messageFacts, messageName, takenWords } from '../messageWords.ts';
import { soundOf } from './files.ts';
import { MessageActions } from './MessageActions.tsx';
import { MessageDetails } from './MessageDetails.tsx';

/** Its own component, so that a row is not drawn anew while another one plays. */
const PlayButton = ({ message, inbox }: { message: Voicemail; inbox: Inbox }): JSX.Element => {
  const player = inbox.player.value;
  const isPlaying = player?.id === message.id && player.playing.value;
  const label = isPlaying ? 'Pause' : 'Play';
  return (
    <button
      type="button"
      class="button primary icon-only message-play"
      aria-label={label}
      title={label}
      onClick={() => inbox.toggle(message)}
    >
      <Icon name={isPlaying ? 'pause' : 'play'} />
    </button>
  );
};

const Words = ({
  message,
  isOpen,
  controls,
  onOpen,
}: {
  message: Voicemail;
  isOpen: boolean;
  controls: string;
  onOpen: () => void;
}): JSX.Element => (
  <div class="message-words">
    <p class="message-who">
      {message.readAt === null && (
        <span class="message-dot">
          <span class="vh">New</span>
        </span>
      )}
      <button
        type="button"
        class="message-title"
        aria-expanded={isOpen}
        aria-controls={controls}
        onClick={onOpen}
      >
        {callerName(message)}
      </button>
      {message.urgent && (
        <span class="message-urgent">
          <Icon name="warning" />
          Urgent
        </span>
      )}
    </p>
    {message.note !== null && <p class="message-note">{message.note}</p>}
    {message.takenBy !== null && (
      <p class="message-note">{takenWords(message.takenBy, me()?.name)}</p>
    )}
    {message.forwardedBy !== null && <p class="message-note">{forwardedWords(message)}</p>}
    <p class="small-print">
      {recentWords(message.createdAt, Date.now())} · {messageFacts(message)}
    </p>
  </div>
);

export const MessageRow = ({
  message,
  inbox,
  onRemove,
}: {
  message: Voicemail;
  inbox: Inbox;
  onRemove: (messages: readonly Voicemail[]) => void;
}): JSX.Element => {
  const details = useId();
  const name = messageName(message, Date.now());
  const player = inbox.player.value;
  const isOpen = player?.id === message.id;
  const ticked = inbox.ticked.value;
  return (
    <div
      role="listitem"
      class="message"
      aria-label={name}
      tabIndex={-1}
      data-message={message.id}
      data-new={message.readAt === null}
      data-open={isOpen}
    >
      {ticked !== null && (
        <label class="message-tick">
          <input
            type="checkbox"
            aria-label={`Select ${name}`}
            checked={ticked.has(message.id)}
            onChange={(event) => inbox.tick(message.id, event.currentTarget.checked)}
          />
        </label>
      )}
      {soundOf(message) !== null && <PlayButton message={message} inbox={inbox} />}
      <Words
        message={message}
        isOpen={isOpen}
        controls={details}
        onOpen={() => {
          if (isOpen) inbox.close();
          else inbox.open(message);
        }}
      />
      <MessageActions message={message} inbox={inbox} onRemove={onRemove} />
      <MessageTranscript
        message={message}
        onSeek={(ms) => {
          const opened = inbox.open(message);
          opened.seek(ms);
          opened.play();
        }}
      />
      {isOpen && <MessageDetails id={details} message={message} player={player} />}
    </div>
  );
};

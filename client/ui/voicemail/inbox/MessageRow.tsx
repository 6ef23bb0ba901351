import type { JSX } from 'preact';
import type { Voicemail } from '../../../../server/protocol/voicemail.ts';
import { useRef } from 'preact/hooks';
import { Icon } from '../../parts/Icon.tsx';
import { recentWords } from '../../parts/when.ts';
import { MessageActions } from './MessageActions.tsx';
import { MessageVideo, videosOf } from './MessageVideo.tsx';
import { callerName, messageFacts, messageName } from './messageWords.ts';
import { MessageTranscript } from '../transcript/MessageTranscript.tsx';
import { playFrom } from './playFrom.ts';
import type { Messages } from './useMessages.ts';

/** What every browser plays. */
const soundOf = ({ files }: Voicemail): string | null =>
  files.find(({ kind, name }) => kind === 'audio' && name.endsWith('.m4a'))?.url ?? null;

/** Sound with the browser's own controls; it is read once it is heard. */
const Player = ({
  url,
  name,
  onPlaying,
  onOver,
}: {
  url: string;
  name: string;
  onPlaying: () => void;
  onOver: () => void;
}): JSX.Element => (
  <audio
    class="message-player"
    src={`${url}?disposition=inline`}
    aria-label={`The message of ${name}`}
    controls
    autoplay
    onPlaying={onPlaying}
    onEnded={onOver}
  />
);

export const MessageRow = ({
  message,
  messages,
  isOpen,
  onPlay,
}: {
  message: Voicemail;
  messages: Messages;
  /** It is the one that is played. */
  isOpen: boolean;
  onPlay: (open: boolean) => void;
}): JSX.Element => {
  const now = Date.now();
  const name = messageName(message, now);
  const row = useRef<HTMLLIElement>(null);
  const isNew = message.readAt === null;
  const url = soundOf(message);
  const isSeen = videosOf(message).length > 0;
  const markRead = () => {
    if (isNew) void messages.change(message, { read: true });
  };
  return (
    <li ref={row} class="message" aria-label={name} data-new={isNew}>
      <div class="message-words">
        <p class="message-who">
          {isNew && <span class="message-dot">New</span>}
          {message.urgent && (
            <span class="message-urgent">
              <Icon name="warning" />
              Urgent
            </span>
          )}
          <span>{callerName(message)}</span>
        </p>
        {message.note !== null && <p class="message-note">{message.note}</p>}
        <p class="small-print">
          {recentWords(message.createdAt, now)} · {messageFacts(message)}
        </p>
      </div>
      {isOpen && isSeen && (
        <MessageVideo message={message} onPlaying={markRead} onOver={() => onPlay(false)} />
      )}
      {isOpen && !isSeen && url !== null && (
        <Player url={url} name={name} onPlaying={markRead} onOver={() => onPlay(false)} />
      )}
      <MessageTranscript
        message={message}
        onSeek={(ms) => {
          onPlay(true);
          playFrom(row.current, ms);
        }}
      />
      <MessageActions
        message={message}
        messages={messages}
        url={url}
        isOpen={isOpen}
        onPlay={onPlay}
      />
    </li>
  );
};

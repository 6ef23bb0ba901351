import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Voicemail } from '../../../../../server/protocol/voicemail.ts';
import type { Inbox } from '../Inbox.ts';
import { MessageRow } from './MessageRow.tsx';

/** Fewer are drawn and put away more often. */
const CHUNK = 25;
/** So far beyond what is seen, rows are on the page all the same: J and Tab find the next one there. */
const NEAR = '1200px';

interface ListProps {
  readonly inbox: Inbox;
  readonly onRemove: (messages: readonly Voicemail[]) => void;
}

/** Some rows in a row; far from what is seen, only their height. */
const Chunk = ({
  messages,
  inbox,
  onRemove,
}: ListProps & { readonly messages: readonly Voicemail[] }): JSX.Element => {
  const ref = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(true);
  const height = useRef(0);
  const openId = inbox.player.value?.id;
  const isShown = near || messages.some(({ id }) => id === openId);
  useLayoutEffect(() => {
    if (isShown && ref.current !== null) height.current = ref.current.offsetHeight;
  });
  useEffect(() => {
    if (ref.current === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        const last = entries.at(-1);
        // Whoever has the keyboard there keeps it.
        const isFocused = ref.current?.contains(document.activeElement) === true;
        if (last !== undefined) setNear(last.isIntersecting || isFocused);
      },
      { rootMargin: NEAR },
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div
      ref={ref}
      role="none"
      class="message-chunk"
      style={isShown ? undefined : { blockSize: `${height.current}px` }}
    >
      {isShown &&
        messages.map((message) => (
          <MessageRow key={message.id} message={message} inbox={inbox} onRemove={onRemove} />
        ))}
    </div>
  );
};

/** More is fetched when its end comes near; the button is there for who gets there by other ways. */
const More = ({ inbox }: { inbox: Inbox }): JSX.Element | null => {
  const { cursor, state } = inbox.found.value;
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (ref.current === null || state !== 'known') return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) inbox.more();
      },
      { rootMargin: NEAR },
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [inbox, cursor, state]);
  if (cursor === null) return null;
  return (
    <div class="button-row" ref={ref}>
      <button
        type="button"
        class="button"
        aria-busy={state === 'looking'}
        onClick={() => inbox.more()}
      >
        Load more
      </button>
    </div>
  );
};

export const MessageList = ({ inbox, onRemove }: ListProps): JSX.Element => {
  const messages = inbox.messages.value;
  const chunks = Array.from({ length: Math.ceil(messages.length / CHUNK) }, (_, i) =>
    messages.slice(i * CHUNK, (i + 1) * CHUNK),
  );
  return (
    <>
      {messages.length > 0 && (
        <div role="list" class="messages" aria-label="Messages">
          {chunks.map((chunk, i) => (
            <Chunk key={i} messages={chunk} inbox={inbox} onRemove={onRemove} />
          ))}
        </div>
      )}
      <More inbox={inbox} />
    </>
  );
};

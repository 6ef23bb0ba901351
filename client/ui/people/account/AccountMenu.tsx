import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { User } from '../../../../server/protocol/people.ts';
import { callsStore } from '../../calls/slots.ts';
import { Avatar } from '../../parts/Avatar.tsx';
import { showToast } from '../../parts/toasts.ts';
import { usePoll } from '../../parts/usePoll.ts';
import { notePeople, PRESENCE_WORDS, presenceOf } from '../presences.ts';
import { PresenceDot } from '../PresenceDot.tsx';
import { sessionClient } from '../session.ts';
import type { AccountPanel } from './AccountPanel.tsx';
import { countMessages, newWords, waiting } from '../../voicemail/waiting.ts';
import { missedWords } from './missedWords.ts';
import { useDisclosure } from '../../parts/useDisclosure.ts';

/** What others see of oneself may change by what other browsers do. */
const POLL_MS = 20_000;

interface Code {
  readonly AccountPanel: typeof AccountPanel;
}

const useOwnPresence = ({ name, settings: { availability } }: User) => {
  const look = () => {
    // It is seen again in a while.
    sessionClient.presence(name).then(
      (person) => notePeople([person]),
      () => {},
    );
  };
  useEffect(look, [name, availability]);
  usePoll(look, POLL_MS);
  return presenceOf(name);
};

/** How many messages one has not heard yet. */
const useNewMessages = ({ name }: User): number => {
  useEffect(countMessages, [name]);
  usePoll(countMessages, POLL_MS);
  return waiting.value?.new ?? 0;
};

/** Who one is; pressed, it opens what there is to say and go to. */
export const AccountMenu = ({ user }: { user: User }): JSX.Element => {
  const [open, setOpen] = useState(false);
  const [code, setCode] = useState<Code | null>(null);
  const around = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const presence = useOwnPresence(user);
  const messages = useNewMessages(user);
  const close = () => setOpen(false);
  useDisclosure({ open, around, button, onClose: close });
  const fetchPanel = () => {
    if (code !== null) return;
    import('./AccountPanel.tsx').then(setCode, () => {
      if (open) showToast('The server does not answer.', { kind: 'error' });
    });
  };
  useEffect(() => {
    if (open) fetchPanel();
  }, [open]);
  const words = presence === null ? '' : PRESENCE_WORDS[presence];
  const missed = callsStore.missedCalls.value;
  const told = [
    words,
    missed > 0 ? missedWords(missed) : '',
    messages > 0 ? newWords(messages) : '',
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <div class="account" ref={around}>
      <button
        ref={button}
        type="button"
        class="account-button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        onPointerEnter={fetchPanel}
        onFocus={fetchPanel}
      >
        <span class="account-face">
          <Avatar id={user.name} name={user.displayName} />
          <PresenceDot presence={presence} />
          {missed > 0 && <span class="badge" data-count={missed} aria-hidden="true" />}
        </span>
        <span class="account-name">{user.displayName}</span>
        {told !== '' && <span class="vh">({told})</span>}
        {messages > 0 && (
          <span class="account-badge" aria-hidden="true">
            {messages > 99 ? '99+' : messages}
          </span>
        )}
      </button>
      <div id={id}>
        {open && code !== null && (
          <code.AccountPanel user={user} presence={words} missed={missed} onLeave={close} />
        )}
      </div>
    </div>
  );
};

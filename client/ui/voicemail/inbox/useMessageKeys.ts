import { useEffect, useRef } from 'preact/hooks';
import type { Voicemail } from '../../../../server/protocol/voicemail.ts';
import { assertNever } from '../../parts/assertNever.ts';
import { openDialogs } from '../../parts/toasts.ts';
import { callPath, navigate } from '../../route.ts';
import { focusedMessage, focusMessage } from './focusMessage.ts';
import type { Inbox } from './Inbox.ts';
import { focusOf, messageCommand, type MessageCommand } from './messageKeys.ts';
import { moveMessages, undoLast } from './moveMessages.ts';

interface Others {
  readonly onHelp: () => void;
  /** In the trash, whoever deletes is asked. */
  readonly onDelete: (message: Voicemail) => void;
}

/** The one that has the keyboard, or else the one that is open. */
const currentOf = (inbox: Inbox): Voicemail | undefined => {
  const id = focusedMessage() ?? inbox.player.peek()?.id;
  return inbox.messages.peek().find((one) => one.id === id);
};

const go = (inbox: Inbox, step: 1 | -1): void => {
  const all = inbox.messages.peek();
  const current = currentOf(inbox);
  const at = current === undefined ? -1 : all.indexOf(current);
  const next = at === -1 ? all[0] : all[at + step];
  if (next !== undefined) focusMessage(next.id);
};

const toSearch = (): void => document.querySelector<HTMLElement>('[role=search] input')?.focus();

const toMessage = (
  name: Exclude<MessageCommand['name'], 'go' | 'by' | 'undo' | 'search' | 'help'>,
  { inbox, message, onDelete }: { inbox: Inbox; message: Voicemail } & Pick<Others, 'onDelete'>,
): void => {
  switch (name) {
    case 'toggle':
      inbox.toggle(message);
      break;
    case 'open':
      if (inbox.player.peek()?.id === message.id) inbox.close();
      else inbox.open(message);
      break;
    case 'read':
      void inbox.change([message], { read: message.readAt === null });
      break;
    case 'save':
      void moveMessages(inbox, [message], message.folder === 'inbox' ? 'saved' : 'inbox');
      break;
    case 'delete':
      if (message.folder === 'trash') onDelete(message);
      else void moveMessages(inbox, [message], 'trash');
      break;
    case 'reply':
      if (message.from.name !== null) navigate(callPath(message.from.name));
      break;
    case 'select':
      inbox.tick(message.id, inbox.ticked.peek()?.has(message.id) !== true);
      break;
    default:
      assertNever(name);
  }
};

const obey = (command: MessageCommand, inbox: Inbox, { onHelp, onDelete }: Others): void => {
  const message = currentOf(inbox);
  if (command.name === 'go') go(inbox, command.step);
  else if (command.name === 'by') inbox.player.peek()?.by(command.ms);
  else if (command.name === 'undo') undoLast();
  else if (command.name === 'search') toSearch();
  else if (command.name === 'help') onHelp();
  else if (message !== undefined) toMessage(command.name, { inbox, message, onDelete });
};

/** Messages have the keyboard of the whole page, but for fields and open dialogs. */
export const useMessageKeys = (inbox: Inbox, letters: boolean, others: Others): void => {
  const latest = useRef(others);
  latest.current = others;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || openDialogs.peek() > 0) return;
      const command = messageCommand(event, { focus: focusOf(event.target), letters });
      if (command === null) return;
      // Space scrolls, and Enter and Delete do nothing, where there is no message.
      if (command.name === 'toggle' && currentOf(inbox) === undefined) return;
      event.preventDefault();
      obey(command, inbox, latest.current);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [inbox, letters]);
};

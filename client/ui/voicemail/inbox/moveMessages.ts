import type { Folder, Voicemail } from '../../../../server/protocol/voicemail.ts';
import { dismissTopic, showToast, toasts } from '../../parts/toasts.ts';
import { focusMessage, focusUndo } from './focusMessage.ts';
import type { Inbox } from './Inbox.ts';
import { movedWords } from './messageWords.ts';

const TOPIC = 'voicemail';

/** What takes the place of those that go: the next one, or else the one before. */
const heirOf = (inbox: Inbox, going: readonly Voicemail[]): Voicemail | undefined => {
  const ids = new Set(going.map(({ id }) => id));
  const all = inbox.messages.peek();
  const last = all.findLastIndex(({ id }) => ids.has(id));
  return (
    all.slice(last + 1).find(({ id }) => !ids.has(id)) ??
    all.slice(0, Math.max(0, last)).findLast(({ id }) => !ids.has(id))
  );
};

/** The keyboard goes on with the message that takes their place; where there is none, it waits on Undo. */
const goOn = (heir: Voicemail | undefined): void => {
  requestAnimationFrame(() => {
    if (heir === undefined || !focusMessage(heir.id)) focusUndo();
  });
};

/** Into another folder, unless somebody thinks better of it. */
export const moveMessages = async (
  inbox: Inbox,
  messages: readonly Voicemail[],
  folder: Folder,
): Promise<void> => {
  const heir = heirOf(inbox, messages);
  const moved = await inbox.change(messages, { folder });
  const first = moved[0];
  if (first === undefined) return;
  const undo = async () => {
    await inbox.change(moved, { folder: first.folder });
    inbox.look();
  };
  showToast(movedWords(moved.length, folder), {
    kind: 'news',
    topic: TOPIC,
    action: { label: 'Undo', run: () => void undo() },
  });
  goOn(heir);
};

/** Gone, and nothing brings them back: whoever calls this has asked. */
export const removeMessages = async (
  inbox: Inbox,
  messages: readonly Voicemail[],
): Promise<void> => {
  const heir = heirOf(inbox, messages);
  await inbox.remove(messages);
  if (heir !== undefined) goOn(heir);
};

/** What was done last, if one still can. */
export const undoLast = (): void => {
  const action = toasts.peek().find(({ topic }) => topic === TOPIC)?.action;
  if (action === undefined) return;
  dismissTopic(TOPIC);
  action.run();
};

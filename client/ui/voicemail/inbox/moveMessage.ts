import type { Folder, Voicemail } from '../../../../server/protocol/voicemail.ts';
import { showToast } from '../../parts/toasts.ts';
import type { Messages } from './useMessages.ts';

const MOVED_WORDS = {
  inbox: 'The message is in the inbox.',
  saved: 'The message is saved.',
  trash: 'The message is in the trash.',
} as const satisfies Record<Folder, string>;

const TOPIC = 'voicemail';

/** Into another folder, unless somebody thinks better of it: the keyboard waits on Undo. */
export const moveMessage = async (
  { change, look }: Pick<Messages, 'change' | 'look'>,
  message: Voicemail,
  folder: Folder,
): Promise<void> => {
  if (!(await change(message, { folder }))) return;
  const undo = async () => {
    if (await change(message, { folder: message.folder })) look();
  };
  showToast(MOVED_WORDS[folder], {
    kind: 'news',
    topic: TOPIC,
    action: { label: 'Undo', run: () => void undo() },
  });
  // Whatever was pressed is gone from the page.
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('.toast.news .button')?.focus();
  });
};

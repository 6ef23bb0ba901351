import type { VoicemailId } from '../../../../server/protocol/ids.ts';
import { route } from '../../route.ts';

const isVoicemailId = (id: string | null): id is VoicemailId =>
  id !== null && /^vm_[0-9a-f-]{36}$/.test(id);

/** Whose mailbox the address of this page leads to; null: one's own. */
export const linkedMailbox = (): string | null =>
  new URLSearchParams(location.search).get('mailbox');

/** The one that the address of this page leads to. */
export const linkedMessage = (): VoicemailId | null => {
  // Whoever follows another link to this page is on it already.
  route.get();
  const id = new URLSearchParams(location.search).get('message');
  return isVoicemailId(id) ? id : null;
};

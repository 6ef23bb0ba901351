import { systemClock } from '../../core/clock.ts';
import { dismissTopic, showToast } from '../parts/toasts.ts';
import { recordingsClient } from './client.ts';
import { PendingDeletes, type Doomed } from './PendingDeletes.ts';
import { forgetLink } from './playingLink.ts';

const UNDO_MS = 8_000;
const TOPIC = 'deleted';

const pending = new PendingDeletes({
  remove: ({ id, bearer }, last) => {
    forgetLink(id);
    return recordingsClient.remove(id, bearer, last);
  },
  onFailed: () => {
    showToast('It could not be deleted, and is still there. Please try again.', { kind: 'error' });
  },
  clock: systemClock,
  delayMs: UNDO_MS,
});

addEventListener('pagehide', () => pending.flush());

/** Ids of recordings that are, or are about to be, no more. */
export const deleted = pending.hidden;

/** Deletes in a moment, unless somebody thinks better of it: the keyboard waits on Undo. */
export const deleteWithUndo = (items: readonly Doomed[]): void => {
  const undo = pending.add(items, () => dismissTopic(TOPIC));
  const what = items.length === 1 ? 'The recording is' : `${items.length} recordings are`;
  showToast(`${what} deleted.`, {
    kind: 'news',
    topic: TOPIC,
    action: { label: 'Undo', run: undo },
  });
  // Whatever was pressed is gone from the page.
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('.toast.news .button')?.focus();
  });
};

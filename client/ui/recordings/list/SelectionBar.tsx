import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../parts/Icon.tsx';
import { showToast } from '../../parts/toasts.ts';
import { archiveOf, save } from '../../recording/shareLinks.ts';
import { deleteWithUndo } from '../deletes.ts';
import { playingLink } from '../playingLink.ts';
import type { Owned } from './MergedRecordings.ts';

/** Browsers drop downloads that are asked for all at once. */
const APART_MS = 700;

const hasFiles = ({ recording: { state, files } }: Owned): boolean =>
  files.length > 0 && (state === 'ready' || state === 'failed');

const download = async (rows: readonly Owned[]): Promise<void> => {
  for (const [n, { recording, bearer }] of rows.entries()) {
    const secret = await playingLink(recording.id, bearer);
    if (n > 0) await new Promise((resolve) => setTimeout(resolve, APART_MS));
    save(archiveOf(secret));
  }
};

/** What can be done with the recordings that are ticked. */
export const SelectionBar = ({
  rows,
  onAll,
  onClear,
}: {
  rows: readonly Owned[];
  /** Null: all are. */
  onAll: (() => void) | null;
  onClear: () => void;
}): JSX.Element => {
  const [busy, setBusy] = useState(false);
  const finished = rows.filter(hasFiles);
  const fetchAll = async () => {
    if (busy) return;
    setBusy(true);
    try {
      await download(finished);
    } catch {
      showToast('Not all of it could be fetched. Please try again.', { kind: 'error' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="recs-selection" role="group" aria-label="Selected recordings">
      <p role="status">{rows.length} selected</p>
      <button
        type="button"
        class="button small"
        aria-busy={busy}
        disabled={finished.length === 0}
        onClick={() => void fetchAll()}
      >
        <Icon name="download" />
        Download as zip
      </button>
      <button
        type="button"
        class="button small"
        onClick={() => {
          onClear();
          deleteWithUndo(rows.map(({ recording: { id }, bearer }) => ({ id, bearer })));
        }}
      >
        <Icon name="bin" />
        Delete
      </button>
      <span class="recs-which">
        {onAll !== null && (
          <button type="button" class="button small quiet" onClick={onAll}>
            Select all
          </button>
        )}
        <button type="button" class="button small quiet" onClick={onClear}>
          Select none
        </button>
      </span>
    </div>
  );
};

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../parts/Icon.tsx';
import { Page } from '../../parts/Page.tsx';
import { SearchField } from '../../parts/SearchField.tsx';
import { deleted } from '../deletes.ts';
import { useKeepFocus } from '../../parts/useKeepFocus.ts';
import '../recordings.css';
import type { Owned } from './MergedRecordings.ts';
import { RecordingRow } from './RecordingRow.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { useRecordings } from './useRecordings.ts';

const Nothing = ({ q }: { q: string }): JSX.Element =>
  q === '' ? (
    <div class="recs-nothing">
      <Icon name="record" />
      <p>
        Nothing is recorded yet. Start a room, press <strong>Record</strong> in the call, and the
        recording appears here, in this browser: it keeps the key of every room it started.
      </p>
      <a class="button primary" href="/">
        Start a room
      </a>
    </div>
  ) : (
    <p class="soft">
      Nothing is called “{q}”: no title, room, tag or person. A shorter word may find more.
    </p>
  );

const countWords = ({ length }: readonly Owned[], hasMore: boolean): string => {
  if (hasMore) return `The newest ${length} are shown.`;
  return length === 1 ? '1 recording' : `${length} recordings`;
};

export const RecordingsPage = (): JSX.Element => {
  const [q, setQ] = useState('');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const { rows: all, state, hasMore, more } = useRecordings(q);
  const rows = all.filter(({ recording: { id } }) => !deleted.value.has(id));
  const selected = rows.filter(({ recording: { id } }) => ticked.has(id));
  const isKnown = state === 'known';
  const tick = (id: string, on: boolean) =>
    setTicked((old) => new Set(on ? [...old, id] : [...old].filter((other) => other !== id)));
  const tickAll = () => setTicked(new Set(rows.map(({ recording: { id } }) => id)));
  useKeepFocus();
  return (
    <Page title="Recordings" wide>
      <SearchField
        label="Search recordings"
        placeholder="Title, room, tag or person"
        onSearch={setQ}
      />
      <div class="recs-head" data-selecting={selected.length > 0}>
        <p class="small-print" role="status">
          {state === 'looking' && 'Looking…'}
          {isKnown && rows.length > 0 && countWords(rows, hasMore)}
        </p>
        {selected.length > 0 && (
          <SelectionBar
            rows={selected}
            onAll={selected.length === rows.length ? null : tickAll}
            onClear={() => setTicked(new Set())}
          />
        )}
      </div>
      {rows.length > 0 && (
        <ul class="recs" aria-label="Recordings">
          {rows.map((row) => (
            <RecordingRow
              key={row.recording.id}
              row={row}
              selected={ticked.has(row.recording.id)}
              onSelect={(on) => tick(row.recording.id, on)}
            />
          ))}
        </ul>
      )}
      {isKnown && rows.length === 0 && !hasMore && <Nothing q={q} />}
      {state === 'failed' && (
        <p class="notice" role="alert">
          <Icon name="warning" />
          The server does not answer, so not everything is shown.
        </p>
      )}
      {hasMore && (
        <div class="button-row">
          <button type="button" class="button" onClick={more}>
            {state === 'failed' ? 'Try again' : 'Load more'}
          </button>
        </div>
      )}
    </Page>
  );
};

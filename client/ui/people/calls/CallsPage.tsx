import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../parts/Icon.tsx';
import { Page } from '../../parts/Page.tsx';
import { useKeepFocus } from '../../parts/useKeepFocus.ts';
import { ForMembers } from '../ForMembers.tsx';
import '../pages.css';
import { CallRow } from './CallRow.tsx';
import './calls.css';
import { useCalls } from './useCalls.ts';

const WHICH = [
  [false, 'All'],
  [true, 'Missed'],
] as const;

const Nothing = ({ missed }: { missed: boolean }): JSX.Element => (
  <p class="soft">
    {missed
      ? 'You have missed nothing.'
      : 'No calls yet. Whom you call and who calls you is listed here, for you alone.'}
  </p>
);

const History = (): JSX.Element => {
  const [missed, setMissed] = useState(false);
  const { calls, state, cursor, unseen, more, remove } = useCalls(missed);
  useKeepFocus();
  return (
    <Page title="Calls">
      <div class="calls-head">
        <div class="calls-which" role="group" aria-label="Which calls">
          {WHICH.map(([value, words]) => (
            <button
              key={words}
              type="button"
              class="button small"
              aria-pressed={missed === value}
              onClick={() => setMissed(value)}
            >
              {words}
            </button>
          ))}
        </div>
        <p class="small-print" role="status">
          {state === 'looking' && 'Looking…'}
        </p>
      </div>
      {calls.length > 0 && (
        <ul class="calls" aria-label="Calls">
          {calls.map((call) => (
            <CallRow
              key={call.id}
              call={call}
              isNew={unseen.has(call.id)}
              onRemove={() => void remove(call)}
            />
          ))}
        </ul>
      )}
      {state === 'known' && calls.length === 0 && <Nothing missed={missed} />}
      {state === 'failed' && (
        <p class="notice" role="alert">
          <Icon name="warning" />
          The server does not answer, so not everything may be shown.
        </p>
      )}
      {cursor !== null && (
        <div class="button-row">
          <button type="button" class="button" onClick={more}>
            Load more
          </button>
        </div>
      )}
    </Page>
  );
};

export const CallsPage = (): JSX.Element => (
  <ForMembers title="Calls">{() => <History key="signed-in" />}</ForMembers>
);

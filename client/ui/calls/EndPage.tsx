import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Page } from '../parts/Page.tsx';
import { me } from '../people/session.ts';
import { centre } from './centre.ts';
import { endOfCall, type Ended } from './endOfCall.ts';

/** What came of a call, and what can be done about it. */
export const EndPage = ({ ended }: { ended: Ended }): JSX.Element => {
  const ref = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // Whatever had the focus in the call is gone.
    ref.current?.closest('main')?.querySelector('h1')?.focus();
  }, []);
  const call = centre.store.calls.value.get(ended.call.id) ?? ended.call;
  const { title, words } = endOfCall({ ...ended, call });
  const isElsewhere = call.state === 'active' && ended.room?.reason === 'replaced';
  const { name } = call.other;
  const refusal = centre.desk.refusal.value;
  const canCall = name !== null && !isElsewhere && (me() !== null || call.direction === 'outgoing');
  return (
    <Page title={title} nav={false}>
      <p class="lead" ref={ref}>
        {words}
      </p>
      {refusal?.callId === call.id && (
        <p class="soft" role="status">
          {refusal.words}
        </p>
      )}
      <div class="button-row">
        {isElsewhere && (
          <button
            type="button"
            class="button primary"
            aria-busy={centre.busy.value}
            onClick={() => void centre.move(call.id)}
          >
            Move the call here
          </button>
        )}
        {canCall && (
          <button
            type="button"
            class="button primary"
            aria-busy={centre.busy.value}
            onClick={() => void centre.callAgain(name, call)}
          >
            {call.direction === 'outgoing' ? 'Call again' : 'Call back'}
          </button>
        )}
        <button type="button" class="button" onClick={() => centre.dismiss()}>
          Done
        </button>
      </div>
    </Page>
  );
};

import type { JSX } from 'preact';
import type { CallResource } from '../../../../server/protocol/calls.ts';
import { Icon } from '../../parts/Icon.tsx';
import { recentWords } from '../../parts/when.ts';
import { callPath } from '../../route.ts';
import { callWords } from './callWords.ts';

export const CallRow = ({
  call,
  isNew,
  onRemove,
}: {
  call: CallResource;
  /** Missed, and not known of until now. */
  isNew: boolean;
  onRemove: () => void;
}): JSX.Element => {
  const { direction, other, startedAt, missed, video, via } = call;
  const when = recentWords(startedAt, Date.now());
  const who = `${other.displayName}${other.name === null ? ' (guest)' : ''}`;
  const facts = [when, video ? 'with video' : null, via === null ? null : `by way of ${via}`];
  return (
    <li class="call-row" data-missed={missed}>
      <Icon name={direction} />
      <div class="call-words">
        <p class="call-who">
          {isNew && <span class="call-new">New</span>}
          <span class="vh">{direction === 'incoming' ? 'From ' : 'To '}</span>
          {who}
        </p>
        <p class="call-how">
          {missed && <strong>Missed: </strong>}
          {callWords(call)}
        </p>
        <p class="small-print">{facts.filter((fact) => fact !== null).join(' · ')}</p>
      </div>
      <div class="call-actions">
        {other.name !== null && (
          <a
            class="button small"
            href={callPath(other.name)}
            aria-label={direction === 'incoming' ? `Call back ${who}` : `Call again: ${who}`}
          >
            {direction === 'incoming' ? 'Call back' : 'Call again'}
          </a>
        )}
        <button
          type="button"
          class="button quiet icon-only"
          aria-label={`Remove the call ${direction === 'incoming' ? 'from' : 'to'} ${who}, ${when}`}
          title="Remove"
          onClick={onRemove}
        >
          <Icon name="bin" />
        </button>
      </div>
    </li>
  );
};

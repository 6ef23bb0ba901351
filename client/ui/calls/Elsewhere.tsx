import type { JSX } from 'preact';
import { Icon } from '../parts/Icon.tsx';
import { nameOf } from './callWords.ts';
import { centre } from './centre.ts';

/** A call of one's own that is talked on another device can be brought here. */
export const Elsewhere = (): JSX.Element | null => {
  const call = centre.elsewhere.value.at(-1);
  if (call === undefined || centre.front.value !== null) return null;
  // The page that says that it went there has a button of its own.
  if (centre.ended.value?.call.id === call.id) return null;
  return (
    <aside class="call-elsewhere" aria-label="Call on another device">
      <Icon name="phone" />
      <p>
        You talk with <strong>{nameOf(call)}</strong> on another device.
      </p>
      <button
        type="button"
        class="button small primary"
        aria-busy={centre.busy.value}
        onClick={() => void centre.move(call.id)}
      >
        Move the call here
      </button>
    </aside>
  );
};

import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Icon } from '../parts/Icon.tsx';
import { Mark } from '../parts/Wordmark.tsx';
import { RecordingMark } from '../recording/RecordingMark.tsx';
import { useCall } from './context.ts';
import { setTitle } from '../parts/title.ts';

export const CallHeader = ({
  onDevices,
  onShortcuts,
}: {
  onDevices: () => void;
  onShortcuts: () => void;
}): JSX.Element => {
  const call = useCall();
  const room = call.store.room.value;
  const name = call.personal?.title.value ?? room?.name ?? '';
  const recorded = call.recording.look.value !== null;
  useEffect(() => {
    // On the tab of whoever looks at another one.
    setTitle(`${recorded ? '● REC ' : ''}${name}`);
  }, [name, recorded]);
  return (
    <header class="call-header">
      <Mark />
      <h1>{name}</h1>
      {room?.locked === true && (
        <span class="locked">
          <Icon name="lock" />
          <span>Locked</span>
        </span>
      )}
      <RecordingMark />
      <span class="call-header-gap" />
      <button
        type="button"
        class="button quiet icon-only shortcuts-button"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
        onClick={onShortcuts}
      >
        <Icon name="help" />
      </button>
      <button
        type="button"
        class="button quiet icon-only"
        aria-label="Devices"
        title="Devices"
        onClick={onDevices}
      >
        <Icon name="devices" />
      </button>
      {call.personal === null && (
        <button
          type="button"
          class="button small copy-link"
          aria-label="Copy link"
          onClick={() => call.copyLink()}
        >
          <Icon name="link" />
          <span>Copy link</span>
        </button>
      )}
    </header>
  );
};

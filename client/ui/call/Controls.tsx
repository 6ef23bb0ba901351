import type { JSX } from 'preact';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { useCall } from './context.ts';

const canShareScreen = (): boolean => typeof navigator.mediaDevices?.getDisplayMedia === 'function';

const Control = ({
  icon,
  label,
  shortcut,
  kind = 'plain',
  expanded,
  busy = false,
  badge,
  onClick,
}: {
  icon: IconName;
  label: string;
  shortcut?: string;
  kind?: 'plain' | 'off' | 'on' | 'danger';
  expanded?: boolean;
  busy?: boolean;
  badge?: number;
  onClick: () => void;
}): JSX.Element => (
  <button
    type="button"
    class="control"
    data-kind={kind}
    title={shortcut === undefined ? undefined : `${label} (${shortcut})`}
    aria-keyshortcuts={shortcut}
    aria-expanded={expanded}
    aria-busy={busy}
    aria-label={label}
    onClick={onClick}
  >
    <span class="control-face">
      <Icon name={icon} />
      {badge !== undefined && <span class="badge" data-count={badge} />}
    </span>
    <span class="control-label">{label}</span>
  </button>
);

/** The same order on every screen; further buttons find their place before People. */
export const Controls = ({
  peopleOpen,
  onPeople,
}: {
  peopleOpen: boolean;
  onPeople: () => void;
}): JSX.Element => {
  const call = useCall();
  const microphoneOn = call.media.microphone.isOn.value;
  const cameraOn = call.media.camera.isOn.value;
  const sharing = call.sharing.value;
  const mayPublish = call.store.self.value?.canPublish !== false;
  return (
    <footer class="controls">
      {mayPublish && (
        <>
          <Control
            icon={microphoneOn ? 'microphone' : 'microphoneOff'}
            label={microphoneOn ? 'Mute' : 'Unmute'}
            shortcut="M"
            kind={microphoneOn ? 'plain' : 'off'}
            busy={call.media.microphone.isAsking.value}
            onClick={() => call.toggleMicrophone()}
          />
          <Control
            icon={cameraOn ? 'camera' : 'cameraOff'}
            label={cameraOn ? 'Stop camera' : 'Start camera'}
            shortcut="V"
            kind={cameraOn ? 'plain' : 'off'}
            busy={call.media.camera.isAsking.value}
            onClick={() => call.toggleCamera()}
          />
          {canShareScreen() && (
            <Control
              icon={sharing ? 'screenOff' : 'screen'}
              label={sharing ? 'Stop sharing' : 'Share screen'}
              shortcut="S"
              kind={sharing ? 'on' : 'plain'}
              onClick={() => call.toggleScreen()}
            />
          )}
        </>
      )}
      <Control
        icon="people"
        label="People"
        shortcut="P"
        expanded={peopleOpen}
        kind={peopleOpen ? 'on' : 'plain'}
        badge={call.store.participants.value.length}
        onClick={onPeople}
      />
      <Control icon="leave" label="Leave" kind="danger" onClick={() => call.leave()} />
    </footer>
  );
};

import type { JSX } from 'preact';
import { Icon, type IconName } from '../parts/Icon.tsx';
import type { Look } from '../recording/words.ts';
import { useCall } from './context.ts';

const canShareScreen = (): boolean => typeof navigator.mediaDevices?.getDisplayMedia === 'function';

const Control = ({
  icon,
  label,
  shortcut,
  kind = 'plain',
  expanded,
  busy = false,
  spacious = false,
  badge,
  onClick,
}: {
  icon: IconName;
  label: string;
  shortcut?: string;
  kind?: 'plain' | 'off' | 'on' | 'danger' | 'recording';
  /** Reached in another way where there are only a few centimetres. */
  spacious?: boolean;
  expanded?: boolean;
  busy?: boolean;
  badge?: number;
  onClick: () => void;
}): JSX.Element => (
  <button
    type="button"
    class={spacious ? 'control spacious' : 'control'}
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

const RecordControls = (): JSX.Element => {
  const { recording } = useCall();
  const look: Look | null = recording.look.value;
  const busy = recording.busy.value || look === 'passing';
  return (
    <>
      <Control
        icon={look === null ? 'record' : 'stop'}
        label={look === null ? 'Record' : 'Stop recording'}
        shortcut="Shift+R"
        kind={look === null ? 'plain' : 'recording'}
        busy={busy}
        onClick={() => recording.toggle()}
      />
      {look !== null && (
        <Control
          icon={look === 'paused' ? 'play' : 'pause'}
          label={look === 'paused' ? 'Resume recording' : 'Pause recording'}
          busy={busy}
          spacious
          onClick={() => recording.togglePause()}
        />
      )}
    </>
  );
};

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
      {call.store.self.value?.canRecord === true && <RecordControls />}
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

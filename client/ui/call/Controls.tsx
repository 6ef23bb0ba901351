import type { ComponentChildren, JSX } from 'preact';
import type { Look } from '../recording/words.ts';
import { useCall } from './context.ts';
import { Control } from './Control.tsx';

const canShareScreen = (): boolean => typeof navigator.mediaDevices?.getDisplayMedia === 'function';

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

/** The same order on every screen; further buttons (`children`) find their place before People. */
export const Controls = ({
  peopleOpen,
  onPeople,
  children,
}: {
  peopleOpen: boolean;
  onPeople: () => void;
  children?: ComponentChildren;
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
      {children}
      <Control
        icon="people"
        label="People"
        shortcut="P"
        expanded={peopleOpen}
        kind={peopleOpen ? 'on' : 'plain'}
        badge={call.store.participants.value.length}
        onClick={onPeople}
      />
      <Control
        icon={call.personal === null ? 'leave' : 'hangUp'}
        label={call.personal === null ? 'Leave' : 'Hang up'}
        kind="danger"
        onClick={() => call.leave()}
      />
    </footer>
  );
};

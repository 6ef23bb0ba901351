import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { CallState } from '../../../server/protocol/calls.ts';
import { Control } from '../call/Control.tsx';
import { DeviceProblems } from '../media/DeviceProblems.tsx';
import { Avatar } from '../parts/Avatar.tsx';
import { TrackVideo } from '../parts/TrackVideo.tsx';
import { centre } from './centre.ts';
import type { Leg } from './Leg.ts';
import { useTone } from './useTone.ts';
import { setTitle } from '../parts/title.ts';

/** Who is rung, and why it is not whom one talked with. */
const ringingWords = (call: CallState | undefined): string =>
  call === undefined || call.via === null ? 'Ringing…' : `Ringing… (via ${call.via})`;

const OwnPicture = (): JSX.Element | null => {
  const { camera } = centre.media;
  const track = camera.isOn.value ? camera.track.value : null;
  return track && <TrackVideo track={track} label="Preview of your camera" mirrored />;
};

/** It rings at somebody's, and one waits; microphone and camera can be seen to meanwhile. */
export const RingingScreen = ({ leg }: { leg: Leg }): JSX.Element => {
  const { media } = centre;
  const heading = useRef<HTMLHeadingElement>(null);
  const name = leg.title.value;
  const call = leg.open.value.at(-1);
  const microphoneOn = media.microphone.isOn.value;
  const cameraOn = media.camera.isOn.value;
  useTone('ringBack', true);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    setTitle(`Calling ${name}`);
  }, [name]);
  return (
    <div class="ringing">
      <main class="ringing-main">
        <span class="ringing-avatar">
          <Avatar id={name} name={name} />
        </span>
        <h1 ref={heading} tabIndex={-1}>
          Calling {name}
        </h1>
        <p class="lead" role="status">
          {ringingWords(call)}
        </p>
        <div class="ringing-picture">
          <OwnPicture />
        </div>
        <DeviceProblems media={media} />
        {call?.mailbox === true && (
          <button type="button" class="button" onClick={() => void centre.desk.choose(call)}>
            Leave a message
          </button>
        )}
      </main>
      <footer class="ringing-controls">
        <Control
          icon={microphoneOn ? 'microphone' : 'microphoneOff'}
          label={microphoneOn ? 'Mute' : 'Unmute'}
          kind={microphoneOn ? 'plain' : 'off'}
          busy={media.microphone.isAsking.value}
          onClick={() => void media.toggle('microphone')}
        />
        <Control
          icon={cameraOn ? 'camera' : 'cameraOff'}
          label={cameraOn ? 'Stop camera' : 'Start camera'}
          kind={cameraOn ? 'plain' : 'off'}
          busy={media.camera.isAsking.value}
          onClick={() => void media.toggle('camera')}
        />
        <Control icon="hangUp" label="Hang up" kind="danger" onClick={() => leg.hangUp()} />
      </footer>
    </div>
  );
};

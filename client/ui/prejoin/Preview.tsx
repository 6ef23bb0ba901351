import type { JSX } from 'preact';
import type { LocalInput } from '../media/LocalInput.ts';
import type { LocalMedia } from '../media/LocalMedia.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { useLasting } from '../parts/hooks.ts';
import { TrackVideo } from '../parts/TrackVideo.tsx';
import { MicMeter } from './MicMeter.tsx';

const Toggle = ({
  label,
  input,
  icons,
  onToggle,
}: {
  label: string;
  input: LocalInput;
  icons: { on: IconName; off: IconName };
  onToggle: () => void;
}): JSX.Element => {
  const on = input.isOn.value;
  const asking = input.isAsking.value;
  const words = asking ? 'waiting for your permission' : on ? 'on' : 'off';
  return (
    <button
      type="button"
      class="control"
      role="switch"
      aria-checked={on}
      aria-label={label}
      title={`${label}: ${words}`}
      data-kind={on ? 'plain' : 'off'}
      data-asking={asking}
      onClick={onToggle}
    >
      <span class="control-face">
        <Icon name={on || asking ? icons.on : icons.off} />
      </span>
    </button>
  );
};

/** A permission that was given before needs no answer, and no words. */
const QUESTION_MS = 700;

const wordsWithoutPicture = (camera: LocalInput, asked: boolean): string => {
  if (asked) return 'Your browser asks whether to use the camera';
  if (camera.isAsking.value) return '';
  return camera.problem.value !== null && camera.wanted.value ? 'No picture' : 'Camera is off';
};

/** What the others will see and hear, before they do. */
export const Preview = ({ media, name }: { media: LocalMedia; name: string }): JSX.Element => {
  const track = media.camera.isOn.value ? media.camera.track.value : null;
  const asked = useLasting(media.camera.isAsking.value, QUESTION_MS);
  return (
    <section class="preview" aria-label="Preview">
      <div class="preview-picture">
        {track === null ? (
          <div class="preview-empty">
            {name === '' ? (
              <span class="avatar nobody">
                <Icon name="person" />
              </span>
            ) : (
              <Avatar id={name} name={name} />
            )}
            <p>{wordsWithoutPicture(media.camera, asked)}</p>
          </div>
        ) : (
          <TrackVideo track={track} label="Preview of your camera" mirrored />
        )}
        <div class="preview-toggles">
          <Toggle
            label="Microphone"
            input={media.microphone}
            icons={{ on: 'microphone', off: 'microphoneOff' }}
            onToggle={() => void media.toggle('microphone')}
          />
          <Toggle
            label="Camera"
            input={media.camera}
            icons={{ on: 'camera', off: 'cameraOff' }}
            onToggle={() => void media.toggle('camera')}
          />
        </div>
      </div>
      <MicMeter media={media} />
    </section>
  );
};

import type { JSX } from 'preact';
import { centre } from '../../calls/centre.ts';
import { Icon } from '../../parts/Icon.tsx';
import { TrackVideo } from '../../parts/TrackVideo.tsx';

/** Oneself as one will be seen, where that is wished for. */
export const MessageCamera = (): JSX.Element => {
  const { media } = centre;
  const { camera } = media;
  const track = camera.isOn.value ? camera.track.value : null;
  return (
    <div class="message-camera">
      {track !== null && <TrackVideo track={track} label="You, as you are recorded" mirrored />}
      <button
        type="button"
        class="button"
        aria-busy={camera.isAsking.value}
        onClick={() => void media.toggle('camera')}
      >
        <Icon name={track === null ? 'cameraOff' : 'camera'} />
        {track === null ? 'Start camera' : 'Stop camera'}
      </button>
    </div>
  );
};

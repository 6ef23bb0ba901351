import type { JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { ParticipantState } from '../../../server/protocol/signaling.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Icon } from '../parts/Icon.tsx';
import { hueOf } from '../../../server/protocol/likeness.ts';
import { TrackVideo } from '../parts/TrackVideo.tsx';
import { useCall } from './context.ts';
import { loudness } from './level.ts';
import { liveTrackOf } from './people.ts';

const Level = ({ id }: { id: string }): JSX.Element => {
  const { store } = useCall();
  const level = loudness(store.audioLevels.value.get(id));
  return (
    <span
      class="level"
      data-heard={level > 0}
      style={{ '--level': String(level) }}
      aria-hidden="true"
    >
      <i />
      <i />
      <i />
    </span>
  );
};

const connectionWords = (participant: ParticipantState, weak: boolean): string | null => {
  if (participant.connection !== 'connected') return 'Reconnecting…';
  return weak ? 'Picture paused: weak connection' : null;
};

const Picture = ({ participant, own }: { participant: ParticipantState; own: boolean }) => {
  const { store } = useCall();
  const camera = liveTrackOf(participant, 'camera');
  if (own) {
    const local = store.local.value.get('camera');
    if (local === undefined || local.paused) return null;
    return <TrackVideo track={local.track} label={participant.name} mirrored />;
  }
  const received = camera && store.media.value.get(camera.id);
  if (camera === undefined || received === undefined) return null;
  const stopped = store.layers.value.get(camera.id) === null;
  return <TrackVideo track={received} label={participant.name} shown={!stopped} />;
};

/** One person of the grid. */
export const Tile = ({ participant }: { participant: ParticipantState }): JSX.Element => {
  const { recording, store, view } = useCall();
  const ref = useRef<HTMLLIElement>(null);
  const id = useId();
  const own = participant.id === store.self.value?.id;
  const cameraId = own ? undefined : liveTrackOf(participant, 'camera')?.id;
  useEffect(() => {
    if (ref.current !== null && cameraId !== undefined) return view.watch(ref.current, cameraId);
    return undefined;
  }, [cameraId, view]);

  const heard = own
    ? store.local.value.get('microphone')?.paused === false
    : liveTrackOf(participant, 'microphone') !== undefined;
  const speaking = heard && store.activeSpeakerId.value === participant.id;
  const weak = cameraId !== undefined && store.layers.value.get(cameraId) === null;
  const state = connectionWords(participant, weak);
  const unrecorded = recording.unrecorded.value.includes(participant.id);
  return (
    <li
      ref={ref}
      class="tile"
      aria-label={participant.name}
      aria-describedby={unrecorded ? id : undefined}
      data-speaking={speaking}
      data-frozen={participant.connection === 'reconnecting'}
      style={{ '--hue': String(hueOf(participant.id)) }}
    >
      <Avatar id={participant.id} name={participant.name} />
      <Picture participant={participant} own={own} />
      {state !== null && <p class="tile-state">{state}</p>}
      {unrecorded && (
        <p class="tile-unrecorded" id={id}>
          <Icon name="unrecorded" />
          <span>Not recorded</span>
        </p>
      )}
      <p class="tile-tag">
        {heard ? <Level id={participant.id} /> : <Icon name="microphoneOff" />}
        <span class="tile-name">{participant.name}</span>
        {own && <span class="tile-you">(you)</span>}
        <span class="vh">{heard ? (speaking ? ', speaking' : '') : ', microphone off'}</span>
      </p>
    </li>
  );
};

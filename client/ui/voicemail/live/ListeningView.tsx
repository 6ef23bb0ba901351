import type { JSX } from 'preact';
import { AudioSink } from '../../call/AudioSinks.tsx';
import { centre } from '../../calls/centre.ts';
import { TrackVideo } from '../../parts/TrackVideo.tsx';
import type { Listening } from './Listening.ts';

type Kind = 'audio' | 'video';

const tracksOf = ({ room }: Listening, kind: Kind): readonly MediaStreamTrack[] => {
  const received = room.media.value;
  return room.participants.value
    .flatMap(({ tracks }) => tracks)
    .flatMap((track) => (track.kind === kind ? (received.get(track.id) ?? []) : []));
};

/** What is heard of a message; goes on while the call it becomes is not heard yet. */
export const ListeningSound = ({ listening }: { listening: Listening }): JSX.Element => (
  <div hidden>
    {tracksOf(listening, 'audio').map((track) => (
      <AudioSink key={track.id} track={track} audio={listening.audio} media={centre.media} />
    ))}
  </div>
);

/** The picture, if the caller sends one. */
export const ListeningView = ({
  listening,
  name,
}: {
  listening: Listening;
  name: string;
}): JSX.Element => {
  const [picture] = tracksOf(listening, 'video');
  return (
    <>
      {picture && (
        <div class="live-picture">
          <TrackVideo track={picture} label={name} />
        </div>
      )}
      {listening.audio.blocked.value && (
        <button type="button" class="button small" onClick={() => listening.audio.unblock()}>
          Play the sound
        </button>
      )}
    </>
  );
};

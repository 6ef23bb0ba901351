import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { LocalMedia } from '../media/LocalMedia.ts';
import type { AudioGate } from './AudioGate.ts';
import { useCall } from './context.ts';

export const AudioSink = ({
  track,
  audio,
  media,
}: {
  track: MediaStreamTrack;
  audio: AudioGate;
  media: LocalMedia;
}): JSX.Element => {
  const ref = useRef<HTMLAudioElement>(null);
  const speakerId = media.speakerId.value;
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    element.srcObject = new MediaStream([track]);
    const remove = audio.add(element);
    return () => {
      remove();
      element.srcObject = null;
    };
  }, [audio, track]);
  useEffect(() => {
    if (ref.current !== null) void media.routeTo(ref.current, speakerId);
  }, [media, speakerId]);
  return <audio ref={ref} autoplay />;
};

/** Plays what others say. Not in the tiles, so that turning a page silences nobody. */
export const AudioSinks = (): JSX.Element => {
  const { held, store, audio, media } = useCall();
  const selfId = store.self.value?.id;
  const received = store.media.value;
  const heard = held ? [] : store.participants.value;
  const sinks = heard
    .filter(({ id }) => id !== selfId)
    .flatMap(({ tracks }) => tracks)
    .flatMap(({ id, kind }) => {
      const track = kind === 'audio' ? received.get(id) : undefined;
      return track ? [<AudioSink key={id} track={track} audio={audio} media={media} />] : [];
    });
  return <div hidden>{sinks}</div>;
};

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** A track as a picture; out of sight until its first frame, so that nothing flashes black. */
export const TrackVideo = ({
  track,
  label,
  mirrored = false,
  shown = true,
}: {
  track: MediaStreamTrack;
  label: string;
  mirrored?: boolean;
  shown?: boolean;
}): JSX.Element => {
  const ref = useRef<HTMLVideoElement>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const video = ref.current;
    if (video === null) return undefined;
    setReady(false);
    video.srcObject = new MediaStream([track]);
    video.play().catch(() => {
      // Silent video may always play; it is refused only while being replaced, and plays then.
    });
    return () => {
      video.srcObject = null;
    };
  }, [track]);
  return (
    <video
      ref={ref}
      class={mirrored ? 'track-video mirrored' : 'track-video'}
      aria-label={label}
      data-shown={shown && ready}
      autoplay
      playsInline
      muted
      disablePictureInPicture
      onLoadedData={() => setReady(true)}
      onResize={() => setReady(true)}
    />
  );
};

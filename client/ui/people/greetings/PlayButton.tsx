import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../parts/Icon.tsx';
import { showToast } from '../../parts/toasts.ts';

/** Plays a sound, and stops. */
export const PlayButton = ({
  src,
  what,
  class: className = 'button small',
}: {
  src: string;
  /** For whoever does not see what stands beside it. */
  what: string;
  class?: string;
}): JSX.Element => {
  const ref = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  useEffect(() => {
    const audio = ref.current;
    return () => audio?.pause();
  }, []);
  const toggle = async () => {
    const audio = ref.current;
    if (audio === null) return;
    if (!audio.paused) {
      audio.pause();
      audio.currentTime = 0;
      return;
    }
    try {
      await audio.play();
    } catch {
      showToast('This browser cannot play it.', { kind: 'error', topic: 'greetings' });
    }
  };
  return (
    <>
      <audio
        ref={ref}
        src={src}
        preload="none"
        hidden
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
      />
      <button
        type="button"
        class={className}
        aria-label={`${isPlaying ? 'Stop' : 'Play'}: ${what}`}
        onClick={() => void toggle()}
      >
        <Icon name={isPlaying ? 'pause' : 'play'} />
        {isPlaying ? 'Stop' : 'Play'}
      </button>
    </>
  );
};

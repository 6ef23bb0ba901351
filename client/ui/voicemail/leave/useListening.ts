import { useEffect, useRef, useState } from 'preact/hooks';
import { showToast } from '../../parts/toasts.ts';

/** A file that only its key opens: a media element cannot show one, so it is fetched beforehand. */
const fetchSound = async (url: string, key: string): Promise<string> => {
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
  if (!response.ok) throw new Error(`the message could not be fetched: ${response.status}`);
  return URL.createObjectURL(await response.blob());
};

/** Plays what was recorded, and stops. */
export const useListening = (
  url: string | null,
  key: string,
): {
  readonly ref: { current: HTMLMediaElement | null };
  readonly toggle: () => void;
  readonly isPlaying: boolean;
} => {
  const ref = useRef<HTMLMediaElement | null>(null);
  const sound = useRef<string | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  useEffect(() => {
    const element = ref.current;
    const gone = new AbortController();
    const show = () => setPlaying(element?.paused === false);
    for (const name of ['play', 'pause', 'ended'] as const) {
      element?.addEventListener(name, show, { signal: gone.signal });
    }
    return () => {
      gone.abort();
      element?.pause();
      if (sound.current !== null) URL.revokeObjectURL(sound.current);
      sound.current = null;
    };
  }, [url]);
  const toggle = async () => {
    const element = ref.current;
    if (element === null || url === null) return;
    if (!element.paused) {
      element.pause();
      return;
    }
    try {
      if (sound.current === null) {
        sound.current = await fetchSound(url, key);
        element.src = sound.current;
      }
      await element.play();
    } catch {
      showToast('It cannot be played. Please try again.', { kind: 'error', topic: 'message' });
    }
  };
  return { ref, toggle: () => void toggle(), isPlaying };
};

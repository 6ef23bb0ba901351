import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { durationClock } from '../../recording/words.ts';
import { Previewer } from './Previewer.ts';

const WIDTH = 160;
const HEIGHT = 90;

/** Above the bar: the time, and the picture then. It is only for the eye. */
export const Thumbnail = ({
  url,
  atMs,
  share,
}: {
  url: string | null;
  atMs: number;
  /** Of the bar, 0 to 1. */
  share: number;
}): JSX.Element => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const previewer = useRef<Previewer | null>(null);
  useEffect(() => {
    if (url === null || canvas.current === null) return undefined;
    const made = new Previewer(url, canvas.current);
    previewer.current = made;
    return () => {
      previewer.current = null;
      made.close();
    };
  }, [url]);
  useEffect(() => previewer.current?.show(atMs / 1000), [atMs, url]);
  return (
    <div class="rp-thumbnail" aria-hidden="true" style={{ '--share': String(share) }}>
      {url !== null && <canvas ref={canvas} width={WIDTH} height={HEIGHT} />}
      <span>{durationClock(atMs)}</span>
    </div>
  );
};

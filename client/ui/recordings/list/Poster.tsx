import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { RecordingResource } from '../../../../server/protocol/recordings.ts';
import { Icon } from '../../parts/Icon.tsx';

/** An image can show no owner secret, so it is fetched with it. */
const usePicture = (url: string | undefined, bearer: string): string | null => {
  const [picture, setPicture] = useState<string | null>(null);
  useEffect(() => {
    if (url === undefined) return undefined;
    const gone = new AbortController();
    let made: string | null = null;
    const load = async () => {
      const { signal } = gone;
      const answer = await fetch(url, { headers: { authorization: `Bearer ${bearer}` }, signal });
      if (!answer.ok) return;
      const blob = await answer.blob();
      if (signal.aborted) return;
      made = URL.createObjectURL(blob);
      setPicture(made);
    };
    load().catch(() => {
      // Without a picture there is a sign in its place.
    });
    return () => {
      gone.abort();
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [url, bearer]);
  return picture;
};

export const Poster = ({
  recording,
  bearer,
}: {
  recording: RecordingResource;
  bearer: string;
}): JSX.Element => {
  const picture = usePicture(recording.files.find(({ kind }) => kind === 'poster')?.url, bearer);
  // A video of everybody has a picture even where nobody had a camera.
  const hasPicture = recording.files.some(
    ({ kind, type }) => kind === 'track' && type.startsWith('video/'),
  );
  return (
    <span class="recs-poster" aria-hidden="true">
      {picture === null ? (
        <Icon name={hasPicture ? 'camera' : 'microphone'} />
      ) : (
        <img src={picture} alt="" />
      )}
    </span>
  );
};

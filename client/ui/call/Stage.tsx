import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/Icon.tsx';
import { TrackVideo } from '../parts/TrackVideo.tsx';
import { RecordingBadge } from '../recording/RecordingMark.tsx';
import { useCall } from './context.ts';
import type { Share } from './people.ts';

const possessive = (name: string): string => `${name}’s screen`;

const toggleFullScreen = (element: HTMLElement | null): void => {
  const change = document.fullscreenElement
    ? document.exitFullscreen()
    : element?.requestFullscreen();
  change?.catch(() => {
    // Refused by the browser's settings: it stays as large as it is.
  });
};

/** A shared screen, as large as it can be, and a choice when there are several. */
export const Stage = ({
  shares,
  chosen,
  onChoose,
}: {
  shares: readonly Share[];
  chosen: Share;
  onChoose: (trackId: string) => void;
}): JSX.Element => {
  const { store, view } = useCall();
  const ref = useRef<HTMLElement>(null);
  const { participant, track } = chosen;
  useEffect(
    () => (ref.current === null ? undefined : view.watch(ref.current, track.id)),
    [track.id, view],
  );
  const received = store.media.value.get(track.id);
  const title = possessive(participant.name);
  return (
    <figure class="stage" ref={ref}>
      {received ? (
        <TrackVideo key={track.id} track={received} label={title} />
      ) : (
        <p class="stage-wait">{title} is on its way…</p>
      )}
      <figcaption class="tile-tag">
        <Icon name="screen" />
        <span class="tile-name">{title}</span>
      </figcaption>
      <RecordingBadge />
      {document.fullscreenEnabled && (
        <button
          type="button"
          class="button icon-only full-screen"
          aria-label="Full screen"
          title="Full screen"
          onClick={() => toggleFullScreen(ref.current)}
        >
          <Icon name="fullScreen" />
        </button>
      )}
      {shares.length > 1 && (
        <div class="stage-choice" role="group" aria-label="Shared screens">
          {shares.map((share) => (
            <button
              key={share.track.id}
              type="button"
              class="button small"
              aria-pressed={share.track.id === track.id}
              onClick={() => onChoose(share.track.id)}
            >
              {possessive(share.participant.name)}
            </button>
          ))}
        </div>
      )}
    </figure>
  );
};

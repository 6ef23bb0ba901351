import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RecordingResource } from '../../../../server/protocol/recordings.ts';
import type { RenderResource, RenderWish } from '../../../../server/protocol/renders.ts';
import { Icon } from '../../parts/Icon.tsx';
import { showToast } from '../../parts/toasts.ts';
import { recordingsClient } from '../client.ts';
import { RenderForm } from './RenderForm.tsx';
import { RenderRow } from './RenderRow.tsx';
import type { Renders } from './useRenders.ts';

/** One video of the whole call, made as one wishes, as often as one likes. */
export const RenderAgain = ({
  recording,
  bearer,
  renders: { list, look },
  onWatch,
}: {
  recording: RecordingResource;
  bearer: string;
  renders: Renders;
  onWatch: (file: string) => void;
}): JSX.Element | null => {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useLayoutEffect(() => {
    if (wasOpen.current && !open) opener.current?.focus();
    wasOpen.current = open;
  }, [open]);
  if (list === 'none' || list === 'looking') return null;
  const { id } = recording;
  const attempt = async (what: () => Promise<unknown>, failure: string): Promise<boolean> => {
    try {
      await what();
      await look();
      return true;
    } catch {
      showToast(failure, { kind: 'error' });
      return false;
    }
  };
  const ask = async (wish: RenderWish) => {
    const taken = await attempt(
      () => recordingsClient.render(id, bearer, wish),
      'The server did not take it. Please try again.',
    );
    if (taken) setOpen(false);
  };
  const retry = (render: RenderResource) =>
    void attempt(
      () => recordingsClient.retryRender(id, bearer, render.id),
      'It could not be tried again.',
    );
  const remove = (render: RenderResource) =>
    void attempt(
      () => recordingsClient.removeRender(id, bearer, render.id),
      'It could not be deleted. Please try again.',
    );
  return (
    <section class="rp-part" aria-labelledby="rp-renders">
      <h2 id="rp-renders">One video of everybody</h2>
      <p class="soft">
        Each person is recorded on their own, so one video can be made again at any time: with
        another layout, without somebody, or only a part of it.
      </p>
      {list.length > 0 && (
        <ul class="rp-renders" aria-label="Videos made and being made">
          {list.toReversed().map((render) => (
            <RenderRow
              key={render.id}
              render={render}
              recording={recording}
              onWatch={onWatch}
              onRetry={() => retry(render)}
              onDelete={() => remove(render)}
            />
          ))}
        </ul>
      )}
      {open ? (
        <RenderForm recording={recording} onWish={ask} onCancel={() => setOpen(false)} />
      ) : (
        <div class="button-row">
          <button ref={opener} type="button" class="button" onClick={() => setOpen(true)}>
            <Icon name="plus" />
            {list.length === 0 ? 'Make one video' : 'Make another'}
          </button>
        </div>
      )}
    </section>
  );
};

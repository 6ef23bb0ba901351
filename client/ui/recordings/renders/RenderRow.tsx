import type { JSX } from 'preact';
import type { RecordingResource } from '../../../../server/protocol/recordings.ts';
import type { RenderResource } from '../../../../server/protocol/renders.ts';
import { renderStateWords, specWords } from './renderWords.ts';

export const RenderRow = ({
  render,
  recording,
  onWatch,
  onRetry,
  onDelete,
}: {
  render: RenderResource;
  recording: RecordingResource;
  onWatch: (file: string) => void;
  onRetry: () => void;
  onDelete: () => void;
}): JSX.Element => {
  const what = specWords(render.spec, recording);
  const { state, progress, file } = render;
  const verb = state === 'ready' || state === 'failed' ? 'Delete' : 'Cancel';
  return (
    <li class="rp-render" data-state={state}>
      <div>
        <p class="rp-render-what">{what}</p>
        <p class="small-print">{renderStateWords(render)}</p>
        {state === 'rendering' && <progress aria-label={`Progress: ${what}`} value={progress} />}
      </div>
      {file !== null && (
        <button
          type="button"
          class="button small"
          aria-label={`Play: ${what}`}
          onClick={() => onWatch(file)}
        >
          Play
        </button>
      )}
      {state === 'failed' && (
        <button
          type="button"
          class="button small"
          aria-label={`Try again: ${what}`}
          onClick={onRetry}
        >
          Try again
        </button>
      )}
      <button type="button" class="button small" aria-label={`${verb}: ${what}`} onClick={onDelete}>
        {verb}
      </button>
    </li>
  );
};

import type { JSX } from 'preact';
import type { RecordingResource } from '../../../server/protocol/recordings.ts';
import { stateWords } from './recordingWords.ts';

/** How it stands, with a bar while its files are made. `quiet`: nothing where all is well. */
export const StateLine = ({
  recording,
  quiet = false,
}: {
  recording: RecordingResource;
  quiet?: boolean;
}): JSX.Element | null => {
  const { kind, words } = stateWords(recording);
  const { progress, state, partial } = recording;
  if (quiet && state === 'ready' && !partial) return null;
  return (
    <div class="recs-state" data-kind={kind}>
      <p>
        {state === 'recording' && <span class="rec-dot" aria-hidden="true" />}
        {words}
        {kind === 'preparing' && progress !== null && `, ${Math.floor(progress * 100)} %`}
      </p>
      {kind === 'preparing' && (
        <progress aria-label={words} {...(progress !== null && { value: progress })} />
      )}
    </div>
  );
};

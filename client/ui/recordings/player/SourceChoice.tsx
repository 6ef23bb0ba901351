import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { PlayerModel } from './PlayerModel.ts';

/** One video, one person, or sound only. */
export const SourceChoice = ({ model }: { model: PlayerModel }): JSX.Element | null => {
  const id = useId();
  const playables = model.playables.value;
  const source = model.source.value;
  if (playables.length < 2 || source === null) return null;
  return (
    <div class="rp-source">
      <label for={id}>Watch</label>
      <select
        id={id}
        class="select"
        value={source.file}
        onChange={(event) => model.choose(event.currentTarget.value)}
      >
        {playables.map(({ file, label }) => (
          <option key={file} value={file}>
            {label}
          </option>
        ))}
      </select>
      {source.kind === 'person' && (
        <p class="small-print">
          One person is seen and heard here. For everybody, choose “Sound only”, or make one video
          below.
        </p>
      )}
    </div>
  );
};

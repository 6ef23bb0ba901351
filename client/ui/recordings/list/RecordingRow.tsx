import type { JSX } from 'preact';
import { sizeWords } from '../../recording/afterWords.ts';
import { durationClock } from '../../recording/words.ts';
import { recordingPath } from '../../route.ts';
import { whenWords } from '../../parts/when.ts';
import { isOpen, namesIn, peopleWords, titleOf } from '../recordingWords.ts';
import { StateLine } from '../StateLine.tsx';
import type { Owned } from './MergedRecordings.ts';
import { Poster } from './Poster.tsx';

export const RecordingRow = ({
  row: { recording, bearer },
  selected,
  onSelect,
}: {
  row: Owned;
  selected: boolean;
  onSelect: (on: boolean) => void;
}): JSX.Element => {
  const title = titleOf(recording);
  // The day is beside it.
  const heading = recording.title ?? recording.room.name;
  const facts = [whenWords(recording.startedAt), durationClock(recording.durationMs)];
  if (recording.bytes > 0) facts.push(sizeWords(recording.bytes));
  const names = namesIn(recording);
  return (
    <li class="recs-row" data-selected={selected}>
      <label class="recs-check">
        <input
          type="checkbox"
          checked={selected}
          aria-label={`Select ${title}`}
          onChange={(event) => onSelect(event.currentTarget.checked)}
        />
      </label>
      <Poster recording={recording} bearer={bearer} />
      <div class="recs-words">
        <h2>
          <a href={recordingPath(recording.id)}>{heading}</a>
        </h2>
        <p class="small-print">
          {facts.join(' · ')}
          {recording.title !== null && ` · ${recording.room.name}`}
        </p>
        {(names.length > 0 || !isOpen(recording)) && (
          <p class="small-print">{peopleWords(names)}</p>
        )}
        {recording.tags.length > 0 && (
          <ul class="tags" aria-label="Tags">
            {recording.tags.map((tag) => (
              <li key={tag} class="tag">
                {tag}
              </li>
            ))}
          </ul>
        )}
        <StateLine recording={recording} quiet />
      </div>
    </li>
  );
};

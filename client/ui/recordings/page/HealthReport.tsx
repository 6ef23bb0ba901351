import type { JSX } from 'preact';
import type { RecordingResource } from '../../../../server/protocol/recordings.ts';
import { Icon } from '../../parts/Icon.tsx';
import { GRADE_WORDS, gapWords } from '../recordingWords.ts';

/** What is amiss, if anything is, in words. */
export const HealthReport = ({
  recording: { health, gaps },
}: {
  recording: RecordingResource;
}): JSX.Element | null => {
  if (health === null) return null;
  const { grade, findings } = health;
  return (
    <section class="rp-part" aria-labelledby="rp-health">
      <h2 id="rp-health">Is it whole?</h2>
      <p class="rp-grade" data-grade={grade}>
        <Icon name={grade === 'green' ? 'check' : 'warning'} />
        <span>{GRADE_WORDS[grade]}</span>
      </p>
      {findings.length > 0 && (
        <ul class="rp-findings">
          {findings.map(({ detail }, n) => (
            <li key={n}>{detail}</li>
          ))}
        </ul>
      )}
      {gaps.length > 0 && (
        <ul class="rp-findings" aria-label="Gaps">
          {gaps.map((gap) => (
            <li key={gap.fromMs}>{gapWords(gap)}</li>
          ))}
        </ul>
      )}
    </section>
  );
};

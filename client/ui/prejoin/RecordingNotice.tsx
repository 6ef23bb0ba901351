import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { recordingWarning } from './recordingWarning.ts';
import type { RoomNews } from './useRoomNews.ts';

const ANSWERS = [
  { value: true, label: 'Record me too' },
  { value: false, label: 'Do not record me' },
] as const;

/** Nothing is chosen beforehand: who does not answer is not recorded. */
const ConsentChoice = ({
  consent,
  onConsent,
}: {
  consent: boolean | null;
  onConsent: (agreed: boolean) => void;
}): JSX.Element => {
  const id = useId();
  return (
    <fieldset class="consent-choice" aria-describedby={id}>
      <legend>May you be recorded?</legend>
      {ANSWERS.map(({ value, label }) => (
        <label key={label}>
          <input
            type="radio"
            name="recordingConsent"
            checked={consent === value}
            onChange={() => onConsent(value)}
          />
          {label}
        </label>
      ))}
      <p id={id} class="small-print">
        You can come in either way. Without an answer you are not recorded.
      </p>
    </fieldset>
  );
};

/** Whoever comes is told before they come in. */
export const RecordingNotice = ({
  id,
  news,
  consent,
  onConsent,
}: {
  id: string;
  news: RoomNews;
  consent: boolean | null;
  onConsent: (agreed: boolean) => void;
}): JSX.Element => {
  const warning = news.name === 'there' ? recordingWarning(news.room) : null;
  return (
    <div class="rec-notice" data-shown={warning !== null}>
      <div role="status">
        {warning !== null && (
          <p class="rec-notice-words" id={id}>
            <span class="rec-dot" aria-hidden="true" />
            <span>
              <strong>{warning.title}</strong>
              <br />
              {warning.words}
            </span>
          </p>
        )}
      </div>
      {warning?.asks === true && <ConsentChoice consent={consent} onConsent={onConsent} />}
    </div>
  );
};

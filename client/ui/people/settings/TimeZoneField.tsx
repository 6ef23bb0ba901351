import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const isTimeZone = (timeZone: string): boolean => {
  try {
    return Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** Kept when one goes on; what is no time zone is not. */
export const TimeZoneField = ({
  value,
  onSave,
}: {
  value: string;
  onSave: (timeZone: string) => void;
}): JSX.Element => {
  const [text, setText] = useState(value);
  const id = useId();
  const typed = text.trim();
  const [wrong, setWrong] = useState(false);
  const save = () => {
    if (typed === value) return;
    if (isTimeZone(typed)) onSave(typed);
    else setWrong(true);
  };
  return (
    <div class="field">
      <label for={id}>Time zone</label>
      <div class="input-row pp-zone">
        <input
          id={id}
          class="input"
          list={`${id}-zones`}
          autocomplete="off"
          spellcheck={false}
          enterkeyhint="done"
          maxLength={64}
          value={text}
          aria-invalid={wrong}
          aria-describedby={`${id}-hint`}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setWrong(false);
          }}
          onChange={save}
        />
        {HERE !== value && isTimeZone(HERE) && (
          <button type="button" class="button" onClick={() => onSave(HERE)}>
            Use {HERE}
          </button>
        )}
      </div>
      <datalist id={`${id}-zones`}>
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <p id={`${id}-hint`} class={wrong ? 'error-text' : 'small-print'} role="status">
        {wrong
          ? 'There is no such time zone. A city helps: Europe/Berlin.'
          : 'The hours of your rules are hours there.'}
      </p>
    </div>
  );
};

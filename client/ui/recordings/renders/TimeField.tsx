import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

/** Minutes and seconds of the recording, or nothing. */
export const TimeField = ({
  label,
  placeholder,
  value,
  problem,
  onInput,
}: {
  label: string;
  placeholder: string;
  value: string;
  problem: string | undefined;
  onInput: (typed: string) => void;
}): JSX.Element => {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        autocomplete="off"
        maxLength={12}
        placeholder={placeholder}
        value={value}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-hint`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p id={`${id}-hint`} class={problem === undefined ? 'small-print' : 'error-text'}>
        {problem ?? 'Minutes and seconds, or empty'}
      </p>
    </div>
  );
};

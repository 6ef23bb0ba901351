import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

/** A labelled select. */
export const Choice = <T extends string>({
  label,
  value,
  options,
  problem,
  onChange,
}: {
  label: string;
  value: T;
  options: readonly (readonly [value: T, words: string])[];
  problem?: string | undefined;
  onChange: (value: T) => void;
}): JSX.Element => {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="select"
        value={value}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        onChange={(event) => {
          const chosen = options.find(([one]) => one === event.currentTarget.value);
          if (chosen !== undefined) onChange(chosen[0]);
        }}
      >
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
      {problem !== undefined && (
        <p id={`${id}-problem`} class="error-text">
          {problem}
        </p>
      )}
    </div>
  );
};

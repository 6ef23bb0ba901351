import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

export const Switch = ({
  label,
  hint,
  on,
  onChange,
}: {
  label: string;
  hint?: string;
  on: boolean;
  onChange: (on: boolean) => void;
}): JSX.Element => {
  const id = useId();
  return (
    <button
      type="button"
      class="switch"
      role="switch"
      aria-checked={on}
      aria-labelledby={id}
      aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      onClick={() => onChange(!on)}
    >
      <span class="switch-words">
        <span id={id}>{label}</span>
        {hint !== undefined && (
          <span id={`${id}-hint`} class="small-print">
            {hint}
          </span>
        )}
      </span>
      <span class="switch-track" aria-hidden="true" />
    </button>
  );
};

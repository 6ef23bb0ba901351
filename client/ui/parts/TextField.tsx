import type { JSX, Ref } from 'preact';
import { useId } from 'preact/hooks';

interface Further {
  readonly name?: string;
  readonly autocomplete?: string;
  readonly autocapitalize?: 'none' | 'words';
  readonly spellcheck?: boolean;
  readonly enterkeyhint?: 'go' | 'done';
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly readOnly?: boolean;
}

/** A labelled line to type in, with a hint or what is the matter with it. */
export const TextField = ({
  label,
  value,
  hint,
  problem,
  kind = 'text',
  list,
  inputRef,
  onInput,
  ...input
}: {
  label: string;
  value: string;
  hint?: string | undefined;
  problem?: string | undefined;
  kind?: 'text' | 'password' | 'time' | 'datetime-local';
  /** The id of a datalist of what could be typed. */
  list?: string;
  inputRef?: Ref<HTMLInputElement>;
  onInput: (typed: string) => void;
} & Further): JSX.Element => {
  const id = useId();
  const words = problem ?? hint;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...input}
        {...(kind === 'text' ? { type: kind, list } : { type: kind })}
        ref={inputRef ?? null}
        id={id}
        class="input"
        value={value}
        aria-invalid={problem !== undefined}
        aria-describedby={words === undefined ? undefined : `${id}-words`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {words !== undefined && (
        <p id={`${id}-words`} class={problem === undefined ? 'small-print' : 'error-text'}>
          {words}
        </p>
      )}
    </div>
  );
};

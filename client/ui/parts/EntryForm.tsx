import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';

/** One line that leads to another page, and what is the matter with it where it does not. */
export const EntryForm = ({
  label,
  button,
  placeholder,
  hint,
  onEntry,
}: {
  label: string;
  button: string;
  placeholder: string;
  hint: (typed: string) => string;
  /** Goes there, or says why not. */
  onEntry: (typed: string) => string | undefined;
}): JSX.Element => {
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const ref = useRef<HTMLInputElement>(null);
  const id = useId();
  const submit = (event: Event) => {
    event.preventDefault();
    const problem = onEntry(text);
    setError(problem);
    if (problem !== undefined) ref.current?.focus();
  };
  return (
    <form class="field" onSubmit={submit} noValidate>
      <label for={id}>{label}</label>
      <div class="input-row">
        <input
          ref={ref}
          id={id}
          class="input"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          enterkeyhint="go"
          placeholder={placeholder}
          value={text}
          aria-invalid={error !== undefined}
          aria-describedby={`${id}-hint`}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setError(undefined);
          }}
        />
        <button type="submit" class="button">
          {button}
        </button>
      </div>
      <p id={`${id}-hint`} class={error === undefined ? 'small-print' : 'error-text'} role="status">
        {error ?? hint(text)}
      </p>
    </form>
  );
};

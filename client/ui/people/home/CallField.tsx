import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { callPath, navigate } from '../../route.ts';
import { readUserName, USER_NAME_RULE } from '../userName.ts';

/** For who knows somebody's user name, and needs no account to call. */
export const CallField = (): JSX.Element => {
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const ref = useRef<HTMLInputElement>(null);
  const id = useId();
  const submit = (event: Event) => {
    event.preventDefault();
    const name = readUserName(text);
    if (name !== null) {
      navigate(callPath(name));
      return;
    }
    setError(text.trim() === '' ? 'Please type whom to call.' : USER_NAME_RULE);
    ref.current?.focus();
  };
  return (
    <section class="card" aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>Call a person</h2>
      <form class="field" onSubmit={submit} noValidate>
        <label for={id}>Their user name</label>
        <div class="input-row">
          <input
            ref={ref}
            id={id}
            class="input"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            enterkeyhint="go"
            placeholder="ana"
            value={text}
            aria-invalid={error !== null}
            aria-describedby={`${id}-hint`}
            onInput={(event) => {
              setText(event.currentTarget.value);
              setError(null);
            }}
          />
          <button type="submit" class="button">
            Next
          </button>
        </div>
        <p id={`${id}-hint`} class={error === null ? 'small-print' : 'error-text'} role="status">
          {error ?? 'For people with an account here; you need none.'}
        </p>
      </form>
    </section>
  );
};

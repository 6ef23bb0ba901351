import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { navigate, roomPath } from '../route.ts';
import { readRoomEntry } from './roomName.ts';

export const RoomField = (): JSX.Element => {
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const ref = useRef<HTMLInputElement>(null);
  const id = useId();
  const entry = readRoomEntry(text);
  const submit = (event: Event) => {
    event.preventDefault();
    if (entry.kind === 'room') {
      navigate(roomPath(entry.room));
      return;
    }
    setError(entry.kind === 'invalid' ? entry.why : 'Please type a name or paste a link.');
    ref.current?.focus();
  };
  return (
    <form class="field" onSubmit={submit} noValidate>
      <label for={id}>Name or link</label>
      <div class="input-row">
        <input
          ref={ref}
          id={id}
          class="input"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          enterkeyhint="go"
          placeholder="team-lunch"
          value={text}
          aria-invalid={error !== null}
          aria-describedby={`${id}-hint`}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setError(null);
          }}
        />
        <button type="submit" class="button">
          Go
        </button>
      </div>
      <p id={`${id}-hint`} class={error === null ? 'small-print' : 'error-text'} role="status">
        {error ??
          (entry.kind === 'room' && entry.typed
            ? 'Others may guess a name like this. Lock the room once everybody is in.'
            : 'If nobody is there yet, the room starts with you.')}
      </p>
    </form>
  );
};

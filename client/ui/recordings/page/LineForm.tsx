import type { JSX } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** One line to type: Enter keeps it, Escape does not. */
export const LineForm = ({
  label,
  hint,
  value,
  placeholder,
  maxLength,
  onSave,
  onCancel,
}: {
  label: string;
  hint: string;
  value: string;
  placeholder: string;
  maxLength: number;
  onSave: (text: string) => Promise<void>;
  onCancel: () => void;
}): JSX.Element => {
  const [text, setText] = useState(value);
  const [busy, setBusy] = useState(false);
  const ref = useRef<HTMLInputElement>(null);
  const id = useId();
  // At once, so that no letter that follows the click is lost.
  useLayoutEffect(() => {
    ref.current?.select();
    ref.current?.focus();
  }, []);
  const save = async () => {
    if (busy) return;
    setBusy(true);
    await onSave(text.trim());
    setBusy(false);
  };
  return (
    <form
      class="field rp-line"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <label for={id}>{label}</label>
      <div class="input-row">
        <input
          ref={ref}
          id={id}
          class="input"
          autocomplete="off"
          enterkeyhint="done"
          placeholder={placeholder}
          maxLength={maxLength}
          aria-describedby={`${id}-hint`}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="button primary" aria-busy={busy}>
          Save
        </button>
        <button type="button" class="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
      <p class="small-print" id={`${id}-hint`}>
        {hint}
      </p>
    </form>
  );
};

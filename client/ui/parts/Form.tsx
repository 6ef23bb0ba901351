import type { ComponentChildren, JSX } from 'preact';
import type { FormControl } from './useForm.ts';

/** Checked by what it sends to, not by the browser's own bubbles; the button and why not come last. */
export const Form = <Field extends string>({
  control: { ref, refusal, busy },
  label,
  class: className,
  submit,
  onSubmit,
  children,
  beside,
}: {
  control: FormControl<Field>;
  label?: string;
  class: string;
  /** On the button. */
  submit: ComponentChildren;
  onSubmit: () => void;
  children: ComponentChildren;
  /** Further buttons. */
  beside?: ComponentChildren;
}): JSX.Element => (
  <form
    ref={ref}
    class={className}
    aria-label={label}
    noValidate
    onSubmit={(event) => {
      event.preventDefault();
      onSubmit();
    }}
  >
    {children}
    <p class="error-text" role="alert">
      {refusal}
    </p>
    <div class="button-row">
      <button type="submit" class="button primary" aria-busy={busy}>
        {submit}
      </button>
      {beside}
    </div>
  </form>
);

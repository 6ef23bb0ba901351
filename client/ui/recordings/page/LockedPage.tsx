import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { RestError } from '../../../core/RestError.ts';
import { Page } from '../../parts/Page.tsx';

const wordsFor = (error: unknown): string => {
  if (!(error instanceof RestError)) return 'Something went wrong. Please try again.';
  // What cannot be a password is no other one's either.
  if (error.status === 403 || error.status === 400) return 'This is not the password of this link.';
  if (error.status === 429) return 'Too many tries. Please wait a minute, then try again.';
  return 'The server could not be reached. Please try again.';
};

/** Behind a link that takes a password. */
export const LockedPage = ({
  onPassword,
}: {
  onPassword: (password: string) => Promise<void>;
}): JSX.Element => {
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const ref = useRef<HTMLInputElement>(null);
  const id = useId();
  const open = async () => {
    if (busy || password === '') return;
    setBusy(true);
    setProblem(null);
    try {
      await onPassword(password);
    } catch (error) {
      setProblem(wordsFor(error));
      setBusy(false);
      ref.current?.select();
      ref.current?.focus();
    }
  };
  return (
    <Page title="This recording has a password">
      <p class="lead">Whoever sent you the link can tell you.</p>
      <form
        class="field rp-locked"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <label for={id}>Password</label>
        <div class="input-row">
          <input
            ref={ref}
            id={id}
            class="input"
            type="password"
            autocomplete="off"
            enterkeyhint="go"
            maxLength={128}
            aria-invalid={problem !== null}
            aria-describedby={`${id}-problem`}
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
          <button type="submit" class="button primary" aria-busy={busy}>
            Open
          </button>
        </div>
        <p class="error-text" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      </form>
    </Page>
  );
};

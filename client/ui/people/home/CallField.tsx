import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { EntryForm } from '../../parts/EntryForm.tsx';
import { callPath, navigate } from '../../route.ts';
import { readUserName, USER_NAME_RULE } from '../userName.ts';

const enter = (typed: string): string | undefined => {
  const name = readUserName(typed);
  if (name === null) return typed.trim() === '' ? 'Please type whom to call.' : USER_NAME_RULE;
  navigate(callPath(name));
  return undefined;
};

/** For who knows somebody's user name, and needs no account to call. */
export const CallField = (): JSX.Element => {
  const id = useId();
  return (
    <section class="card" aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>Call a person</h2>
      <EntryForm
        label="Their user name"
        button="Next"
        placeholder="ana"
        hint={() => 'For people with an account here; you need none.'}
        onEntry={enter}
      />
    </section>
  );
};

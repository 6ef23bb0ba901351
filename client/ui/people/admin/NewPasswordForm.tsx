import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { User } from '../../../../server/protocol/people.ts';
import { Form } from '../../parts/Form.tsx';
import { showToast } from '../../parts/toasts.ts';
import { useForm } from '../../parts/useForm.ts';
import { failureWords } from '../failureWords.ts';
import { PasswordField } from '../fields.tsx';
import { passwordProblem } from '../passwordRule.ts';
import { peopleClient } from '../client.ts';

/** For who has forgotten theirs. */
export const NewPasswordForm = ({
  user: { name, displayName },
  onDone,
}: {
  user: User;
  onDone: () => void;
}): JSX.Element => {
  const [password, setPassword] = useState('');
  const control = useForm<'password'>();
  useEffect(() => control.ref.current?.querySelector('input')?.focus(), []);
  const save = () => {
    const wrong = passwordProblem(password);
    if (wrong !== null) {
      control.tell({ password: wrong });
      return;
    }
    void control.send(async () => {
      await peopleClient.updateUser(name, { password });
      showToast(`${displayName} has a new password, and is signed out everywhere.`);
      onDone();
    }, failureWords);
  };
  return (
    <Form
      control={control}
      label={`A new password for ${displayName}`}
      class="pp-form pp-box admin-wide"
      submit="Save"
      onSubmit={save}
      beside={
        <button type="button" class="button" onClick={onDone}>
          Cancel
        </button>
      }
    >
      <PasswordField
        kind="new"
        label={`New password of ${displayName}`}
        value={password}
        problem={control.problems.password}
        onInput={(typed) => {
          setPassword(typed);
          control.clear();
        }}
      />
    </Form>
  );
};

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { User } from '../../../../server/protocol/people.ts';
import { RestError } from '../../../core/RestError.ts';
import { Form } from '../../parts/Form.tsx';
import { showToast } from '../../parts/toasts.ts';
import { useForm, type Problems } from '../../parts/useForm.ts';
import { failureWords } from '../failureWords.ts';
import { PasswordField } from '../fields.tsx';
import { Part } from '../Part.tsx';
import { passwordProblem } from '../passwordRule.ts';
import { peopleClient } from '../client.ts';
import { setMe } from '../session.ts';

type Field = 'current' | 'wanted';

const refusedBecause = (error: unknown): Problems<Field> | string =>
  error instanceof RestError && error.pointers.includes('/currentPassword')
    ? { current: 'This is not your password.' }
    : failureWords(error);

export const PasswordPart = ({ user }: { user: User }): JSX.Element => {
  const [current, setCurrent] = useState('');
  const [wanted, setWanted] = useState('');
  const control = useForm<Field>();
  const typing = (keep: (typed: string) => void) => (typed: string) => {
    keep(typed);
    control.clear();
  };
  const change = async () => {
    const wrong = passwordProblem(wanted);
    const missing = user.hasPassword && current === '';
    if (wrong !== null || missing) {
      control.tell({
        ...(missing && { current: 'Please type the password you have now.' }),
        ...(wrong !== null && { wanted: wrong }),
      });
      return;
    }
    await control.send(async () => {
      const shown = user.hasPassword && { currentPassword: current };
      setMe(await peopleClient.updateUser('me', { password: wanted, ...shown }));
      setCurrent('');
      setWanted('');
      showToast('The password is changed.', { topic: 'settings' });
    }, refusedBecause);
  };
  return (
    <Part
      title="Password"
      lead={
        user.hasPassword
          ? 'A new one signs you out everywhere else.'
          : 'You sign in without one so far. With one you can do so by name and password, too.'
      }
    >
      <Form
        control={control}
        class="pp-form"
        submit="Change password"
        onSubmit={() => void change()}
      >
        {user.hasPassword && (
          <PasswordField
            kind="current"
            label="Current password"
            value={current}
            problem={control.problems.current}
            onInput={typing(setCurrent)}
          />
        )}
        <PasswordField
          kind="new"
          label="New password"
          value={wanted}
          problem={control.problems.wanted}
          onInput={typing(setWanted)}
        />
      </Form>
    </Part>
  );
};

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { RestError } from '../../../core/RestError.ts';
import { Form } from '../../parts/Form.tsx';
import { useForm } from '../../parts/useForm.ts';
import { failureWords } from '../failureWords.ts';
import { PasswordField, UserNameField } from '../fields.tsx';
import { peopleClient } from '../client.ts';
import { openIdProvider, setMe } from '../session.ts';

const wordsFor = (error: unknown): string =>
  error instanceof RestError && error.code === 'unauthorized'
    ? 'User name and password do not belong together. Please check both.'
    : failureWords(error);

/** Where another server vouches for somebody; it brings them back to `then`. */
const OpenIdLink = ({ provider, then }: { provider: string; then: string }): JSX.Element => (
  <div class="entry">
    <p class="entry-or" aria-hidden="true">
      or
    </p>
    <a class="button" href={`/api/v1/openid/start?${new URLSearchParams({ then })}`}>
      Sign in with {provider}
    </a>
  </div>
);

export const SignInForm = ({
  then,
  onSignedIn,
}: {
  /** The path that signing in by way of another server leads to. */
  then: string;
  onSignedIn: () => void;
}): JSX.Element => {
  const [userName, setUserName] = useState('');
  const [password, setPassword] = useState('');
  const control = useForm<'userName' | 'password'>();
  const provider = openIdProvider();
  const typing = (keep: (typed: string) => void) => (typed: string) => {
    keep(typed);
    control.clear();
  };
  const signIn = async () => {
    const name = userName.trim().replace(/^@/, '');
    if (name === '' || password === '') {
      control.tell({
        ...(name === '' && { userName: 'Please type your user name.' }),
        ...(password === '' && { password: 'Please type your password.' }),
      });
      return;
    }
    await control.send(
      async () => {
        setMe(await peopleClient.signIn(name, password));
        onSignedIn();
      },
      (error) => {
        const field = control.ref.current?.querySelector<HTMLInputElement>('[type=password]');
        field?.focus();
        field?.select();
        return wordsFor(error);
      },
    );
  };
  return (
    <>
      <Form control={control} class="entry" submit="Sign in" onSubmit={() => void signIn()}>
        <UserNameField
          own
          value={userName}
          problem={control.problems.userName}
          onInput={typing(setUserName)}
        />
        <PasswordField
          kind="current"
          value={password}
          problem={control.problems.password}
          onInput={typing(setPassword)}
        />
      </Form>
      {provider !== null && <OpenIdLink provider={provider} then={then} />}
    </>
  );
};

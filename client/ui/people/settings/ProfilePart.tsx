import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { User } from '../../../../server/protocol/people.ts';
import { Form } from '../../parts/Form.tsx';
import { showToast } from '../../parts/toasts.ts';
import { useForm } from '../../parts/useForm.ts';
import { DisplayNameField } from '../fields.tsx';
import { Part } from '../Part.tsx';
import { personProblems, type PersonField } from '../readPerson.ts';
import { peopleClient } from '../client.ts';
import { setMe } from '../session.ts';

export const ProfilePart = ({ user }: { user: User }): JSX.Element => {
  const [displayName, setDisplayName] = useState(user.displayName);
  const control = useForm<PersonField>();
  const save = async () => {
    const clean = displayName.trim();
    if (clean === '') {
      control.tell({ displayName: 'Please type a name: the others see it.' });
      return;
    }
    await control.send(async () => {
      setMe(await peopleClient.updateUser('me', { displayName: clean }));
      showToast('Saved.', { topic: 'settings' });
    }, personProblems);
  };
  return (
    <Part
      title="Profile"
      lead={
        <>
          Your user name is <strong>{user.name}</strong>. People call you at{' '}
          <code>
            {location.host}/call/{user.name}
          </code>
          .
        </>
      }
    >
      <Form control={control} class="pp-form" submit="Save" onSubmit={() => void save()}>
        <DisplayNameField
          own
          value={displayName}
          problem={control.problems.displayName}
          onInput={(typed) => {
            setDisplayName(typed);
            control.clear();
          }}
        />
      </Form>
    </Part>
  );
};

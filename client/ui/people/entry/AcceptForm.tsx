import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { InvitationResource } from '../../../../server/protocol/people.ts';
import { RestError } from '../../../core/RestError.ts';
import { Form } from '../../parts/Form.tsx';
import { useForm } from '../../parts/useForm.ts';
import { DisplayNameField, PasswordField, UserNameField } from '../fields.tsx';
import { EMPTY_PERSON, personProblems, readPerson, type PersonField } from '../readPerson.ts';
import { peopleClient } from '../client.ts';
import { setMe } from '../session.ts';

export const AcceptForm = ({
  secret,
  invitation: { userName },
  onAccepted,
  onGone,
}: {
  secret: string;
  invitation: InvitationResource;
  onAccepted: () => void;
  /** It is good no longer. */
  onGone: () => void;
}): JSX.Element => {
  const [typed, setTyped] = useState({ ...EMPTY_PERSON, userName: userName ?? '' });
  const control = useForm<PersonField>();
  const field = (name: PersonField) => ({
    value: typed[name],
    problem: control.problems[name],
    onInput: (text: string) => {
      setTyped({ ...typed, [name]: text });
      control.clear();
    },
  });
  const accept = async () => {
    const read = readPerson(typed);
    if ('problems' in read) {
      control.tell(read.problems);
      return;
    }
    const { name, ...person } = read;
    await control.send(
      async () => {
        setMe(await peopleClient.acceptInvitation({ secret, userName: name, ...person }));
        onAccepted();
      },
      (error) => {
        if (error instanceof RestError && error.code === 'not_found') onGone();
        return personProblems(error);
      },
    );
  };
  return (
    <Form control={control} class="entry" submit="Make my account" onSubmit={() => void accept()}>
      <UserNameField
        {...field('userName')}
        own
        readOnly={userName !== null}
        hint={
          userName === null
            ? 'Short, without spaces: people call you by it.'
            : 'The invitation is for this name.'
        }
      />
      <DisplayNameField
        {...field('displayName')}
        own
        hint="What the others see. Empty: the user name."
      />
      <PasswordField {...field('password')} kind="new" />
    </Form>
  );
};

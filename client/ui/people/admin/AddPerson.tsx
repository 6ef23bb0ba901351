import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { UserRole } from '../../../../server/protocol/people.ts';
import { Choice } from '../../parts/Choice.tsx';
import { Form } from '../../parts/Form.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { showToast } from '../../parts/toasts.ts';
import { useForm } from '../../parts/useForm.ts';
import { DisplayNameField, PasswordField, UserNameField } from '../fields.tsx';
import { EMPTY_PERSON, personProblems, readPerson, type PersonField } from '../readPerson.ts';
import { peopleClient } from '../client.ts';
import { ROLE_CHOICES } from './roles.ts';

const AddForm = ({
  onAdded,
  onCancel,
}: {
  onAdded: () => Promise<void>;
  onCancel: () => void;
}): JSX.Element => {
  const [typed, setTyped] = useState(EMPTY_PERSON);
  const [role, setRole] = useState<UserRole>('member');
  const control = useForm<PersonField>();
  useEffect(() => control.ref.current?.querySelector('input')?.focus(), []);
  const field = (name: PersonField) => ({
    value: typed[name],
    problem: control.problems[name],
    onInput: (text: string) => {
      setTyped({ ...typed, [name]: text });
      control.clear();
    },
  });
  const add = () => {
    const read = readPerson(typed);
    if ('problems' in read) {
      control.tell(read.problems);
      return;
    }
    void control.send(async () => {
      const { displayName } = await peopleClient.createUser({ ...read, role });
      showToast(`${displayName} has an account now.`);
      await onAdded();
    }, personProblems);
  };
  return (
    <Form
      control={control}
      label="A new person"
      class="pp-form pp-box"
      submit="Add"
      onSubmit={add}
      beside={
        <button type="button" class="button" onClick={onCancel}>
          Cancel
        </button>
      }
    >
      <div class="pp-pair">
        <UserNameField {...field('userName')} hint="Short, without spaces." />
        <DisplayNameField {...field('displayName')} hint="Empty: the user name." />
        <PasswordField {...field('password')} kind="new" />
        <Choice label="Role" value={role} options={ROLE_CHOICES} onChange={setRole} />
      </div>
    </Form>
  );
};

export const AddPerson = ({ onAdded }: { onAdded: () => Promise<void> }): JSX.Element => {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useLayoutEffect(() => {
    if (wasOpen.current && !open) button.current?.focus();
    wasOpen.current = open;
  }, [open]);
  if (open) {
    return (
      <AddForm
        onAdded={async () => {
          await onAdded();
          setOpen(false);
        }}
        onCancel={() => setOpen(false)}
      />
    );
  }
  return (
    <div class="button-row">
      <button ref={button} type="button" class="button" onClick={() => setOpen(true)}>
        <Icon name="plus" />
        Add a person
      </button>
    </div>
  );
};

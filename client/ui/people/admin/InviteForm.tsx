import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CreatedInvitation, UserRole } from '../../../../server/protocol/people.ts';
import { RestError } from '../../../core/RestError.ts';
import { Choice } from '../../parts/Choice.tsx';
import { Form } from '../../parts/Form.tsx';
import { useForm, type Problems } from '../../parts/useForm.ts';
import { failureWords } from '../failureWords.ts';
import { UserNameField } from '../fields.tsx';
import { peopleClient } from '../client.ts';
import { readUserName, USER_NAME_RULE } from '../userName.ts';
import { ROLE_CHOICES } from './roles.ts';

const DAY_S = 86_400;
const LASTS = [
  ['1', '1 day'],
  ['7', '7 days'],
  ['30', '30 days'],
] as const;
type Days = (typeof LASTS)[number][0];

const refusedBecause = (error: unknown): Problems<'name'> | string =>
  error instanceof RestError && error.code === 'wrong_state'
    ? { name: error.message }
    : failureWords(error);

export const InviteForm = ({
  onMade,
}: {
  onMade: (invitation: CreatedInvitation) => Promise<void>;
}): JSX.Element => {
  const [name, setName] = useState('');
  const [role, setRole] = useState<UserRole>('member');
  const [days, setDays] = useState<Days>('7');
  const control = useForm<'name'>();
  const invite = () => {
    const userName = readUserName(name);
    if (userName === null && name.trim() !== '') {
      control.tell({ name: USER_NAME_RULE });
      return;
    }
    void control.send(async () => {
      const made = await peopleClient.invite({
        role,
        expiresInSeconds: Number(days) * DAY_S,
        ...(userName !== null && { userName }),
      });
      setName('');
      await onMade(made);
    }, refusedBecause);
  };
  return (
    <Form
      control={control}
      label="A new invitation"
      class="pp-form admin-form"
      submit="Make an invitation"
      onSubmit={invite}
    >
      <div class="pp-pair">
        <UserNameField
          label="For the user name"
          value={name}
          hint="Empty: they choose one."
          problem={control.problems.name}
          onInput={(typed) => {
            setName(typed);
            control.clear();
          }}
        />
        <Choice label="As" value={role} options={ROLE_CHOICES} onChange={setRole} />
        <Choice label="Good for" value={days} options={LASTS} onChange={setDays} />
      </div>
    </Form>
  );
};

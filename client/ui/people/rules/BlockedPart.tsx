import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Form } from '../../parts/Form.tsx';
import { Switch } from '../../parts/Switch.tsx';
import { useForm } from '../../parts/useForm.ts';
import { failureWords } from '../failureWords.ts';
import { UserNameField } from '../fields.tsx';
import { Part } from '../Part.tsx';
import { readUserName, USER_NAME_RULE } from '../userName.ts';
import type { PlanControl } from './useCallPlan.ts';

export const BlockedPart = ({
  control: { plan, keep, change },
}: {
  control: PlanControl;
}): JSX.Element => {
  const { blocked, blockGuests } = plan;
  const [typed, setTyped] = useState('');
  const control = useForm<'name'>();
  const block = () => {
    const name = readUserName(typed);
    if (name === null) {
      control.tell({ name: USER_NAME_RULE });
      return;
    }
    void control.send(async () => {
      if (!blocked.includes(name)) await keep({ blocked: [...blocked, name] });
      setTyped('');
    }, failureWords);
  };
  return (
    <Part
      title="Blocked"
      lead="Who is blocked is told that you cannot be reached, and nothing rings."
    >
      <Switch
        label="Block guests"
        hint="Whoever calls without an account here."
        on={blockGuests}
        onChange={(on) => change({ blockGuests: on })}
      />
      {blocked.length > 0 && (
        <ul class="pp-list" aria-label="Blocked">
          {blocked.map((name) => (
            <li key={name} class="pp-row">
              <span class="pp-words pp-name">@{name}</span>
              <button
                type="button"
                class="button small"
                aria-label={`Unblock ${name}`}
                onClick={() => change({ blocked: blocked.filter((other) => other !== name) })}
              >
                Unblock
              </button>
            </li>
          ))}
        </ul>
      )}
      <Form control={control} class="pp-form" submit="Block" onSubmit={block}>
        <UserNameField
          label="Block a person"
          value={typed}
          hint="Their user name."
          problem={control.problems.name}
          onInput={(text) => {
            setTyped(text);
            control.clear();
          }}
        />
      </Form>
    </Part>
  );
};

import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { TrialResult } from '../../../../server/protocol/calls.ts';
import type { User } from '../../../../server/protocol/people.ts';
import { Form } from '../../parts/Form.tsx';
import { useForm } from '../../parts/useForm.ts';
import { failureWords } from '../failureWords.ts';
import { UserNameField } from '../fields.tsx';
import { Part } from '../Part.tsx';
import { peopleClient } from '../client.ts';
import { readUserName, USER_NAME_RULE } from '../userName.ts';
import { stepWords } from './trialWords.ts';

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const Steps = ({ steps }: TrialResult): JSX.Element => (
  <ol class="trial-steps" aria-label="What would happen">
    {steps.map((step, i) => (
      <li key={i}>{stepWords(step)}</li>
    ))}
  </ol>
);

export const TrialPart = ({ user }: { user: User }): JSX.Element => {
  const [caller, setCaller] = useState('');
  const [at, setAt] = useState('');
  const [result, setResult] = useState<TrialResult | null>(null);
  const control = useForm<'caller'>();
  const id = useId();
  const typing = (keep: (typed: string) => void) => (typed: string) => {
    keep(typed);
    setResult(null);
    control.clear();
  };
  const tryIt = () => {
    const name = readUserName(caller);
    if (name === null && caller.trim() !== '') {
      control.tell({ caller: USER_NAME_RULE });
      return;
    }
    const trial = {
      ...(name !== null && { caller: name }),
      ...(at !== '' && { at: new Date(at).toISOString() }),
    };
    void control.send(
      async () => setResult(await peopleClient.tryCall(user.name, trial)),
      failureWords,
    );
  };
  return (
    <Part
      title="Try the rules"
      lead="What would happen if somebody called you? Nothing rings; as for the rest, things are taken as they are now."
    >
      <Form control={control} class="pp-form" submit="What would happen?" onSubmit={tryIt}>
        <UserNameField
          label="Who calls"
          value={caller}
          hint="A user name. Empty: a guest."
          problem={control.problems.caller}
          onInput={typing(setCaller)}
        />
        <div class="field">
          <label for={id}>When</label>
          <input
            id={id}
            class="input"
            type="datetime-local"
            value={at}
            aria-describedby={`${id}-hint`}
            onInput={(event) => typing(setAt)(event.currentTarget.value)}
          />
          <p id={`${id}-hint`} class="small-print">
            Empty: now. By the clock of this browser ({HERE}).
          </p>
        </div>
      </Form>
      <div role="status">{result !== null && <Steps steps={result.steps} />}</div>
    </Part>
  );
};

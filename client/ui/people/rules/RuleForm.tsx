import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Rule } from '../../../../server/protocol/calls.ts';
import { RestError } from '../../../core/RestError.ts';
import { Choice } from '../../parts/Choice.tsx';
import { Form } from '../../parts/Form.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useForm, type Problems } from '../../parts/useForm.ts';
import { failureWords } from '../failureWords.ts';
import { UserNameField } from '../fields.tsx';
import { HoursFields } from './HoursFields.tsx';
import { draftOf, NEW_DRAFT, readRule, type RuleDraft, type RuleField } from './ruleDraft.ts';
import { CONDITION_WORDS } from './ruleWords.ts';

const CONDITIONS = (['noAnswer', 'busy', 'offline', 'always'] as const).map(
  (when) => [when, CONDITION_WORDS[when]] as const,
);
const CALLERS = [
  ['everybody', 'Everybody'],
  ['members', 'People with an account here'],
  ['guests', 'Guests'],
  ['some', 'Certain people'],
] as const;
const TIMES = [
  ['any', 'At any time'],
  ['hours', 'At certain hours'],
] as const;
const WHAT_THEN = [
  ['forward', 'Forward to somebody'],
  ['voicemail', 'Voicemail, without ringing on'],
] as const;

const refusedBecause = (error: unknown): Problems<RuleField> | string =>
  error instanceof RestError && error.pointers.some((pointer) => pointer.endsWith('/forwardTo'))
    ? {
        forwardTo:
          'Somebody else of this server, please: there is nobody of this name to forward to.',
      }
    : failureWords(error);

export const RuleForm = ({
  rule,
  onSave,
  onCancel,
}: {
  /** Null: a new one. */
  rule: Rule | null;
  onSave: (rule: Rule) => Promise<void>;
  onCancel: () => void;
}): JSX.Element => {
  const [draft, setDraft] = useState(rule === null ? NEW_DRAFT : draftOf(rule));
  const control = useForm<RuleField>();
  const { ref, problems } = control;
  useEffect(() => ref.current?.querySelector('select')?.focus(), []);
  const set = (more: Partial<RuleDraft>) => {
    setDraft((old) => ({ ...old, ...more }));
    control.clear();
  };
  const save = () => {
    const read = readRule(draft);
    if ('problems' in read) control.tell(read.problems);
    else void control.send(() => onSave(read.rule), refusedBecause);
  };
  return (
    <Form
      control={control}
      label={rule === null ? 'A new rule' : 'The rule'}
      class="pp-form pp-box"
      submit="Save the rule"
      onSubmit={save}
      beside={
        <button type="button" class="button" onClick={onCancel}>
          Cancel
        </button>
      }
    >
      <div class="pp-pair">
        <Choice
          label="When"
          value={draft.when}
          options={CONDITIONS}
          onChange={(when) => set({ when })}
        />
        <Choice
          label="Who calls"
          value={draft.callers}
          options={CALLERS}
          onChange={(callers) => set({ callers })}
        />
      </div>
      {draft.callers === 'some' && (
        <TextField
          label="Their user names"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          value={draft.names}
          hint="With commas between them."
          problem={problems.names}
          onInput={(names) => set({ names })}
        />
      )}
      <div class="pp-pair">
        <Choice
          label="At what time"
          value={draft.time}
          options={TIMES}
          onChange={(time) => set({ time })}
        />
        <Choice
          label="What then"
          value={draft.then}
          options={WHAT_THEN}
          onChange={(then) => set({ then })}
        />
      </div>
      {draft.time === 'hours' && <HoursFields draft={draft} problems={problems} onChange={set} />}
      {draft.then === 'forward' && (
        <UserNameField
          label="Forward to"
          value={draft.forwardTo}
          hint="Their user name."
          problem={problems.forwardTo}
          onInput={(forwardTo) => set({ forwardTo })}
        />
      )}
    </Form>
  );
};

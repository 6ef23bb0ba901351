import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { TextField } from '../../parts/TextField.tsx';
import type { Problems } from '../../parts/useForm.ts';
import type { RuleDraft, RuleField } from './ruleDraft.ts';
import { DAYS } from './ruleWords.ts';

type Hours = Pick<RuleDraft, 'days' | 'from' | 'to'>;

export const HoursFields = ({
  draft: { days, from, to },
  problems,
  onChange,
}: {
  draft: Hours;
  problems: Problems<RuleField>;
  onChange: (more: Partial<Hours>) => void;
}): JSX.Element => {
  const id = useId();
  return (
    <>
      <fieldset class="rule-days" aria-describedby={problems.days && `${id}-days`}>
        <legend>Days on which it begins</legend>
        <div>
          {DAYS.map((name, i) => (
            <label key={name}>
              <input
                type="checkbox"
                checked={days.includes(i + 1)}
                aria-invalid={problems.days !== undefined}
                onChange={(event) =>
                  onChange({
                    days: event.currentTarget.checked
                      ? [...days, i + 1]
                      : days.filter((day) => day !== i + 1),
                  })
                }
              />
              {name}
            </label>
          ))}
        </div>
        {problems.days !== undefined && (
          <p id={`${id}-days`} class="error-text">
            {problems.days}
          </p>
        )}
      </fieldset>
      <div class="pp-pair">
        <TextField
          kind="time"
          label="From"
          value={from}
          problem={problems.from}
          onInput={(time) => onChange({ from: time })}
        />
        <TextField
          kind="time"
          label="To"
          value={to}
          problem={problems.to}
          onInput={(time) => onChange({ to: time })}
        />
      </div>
      <p class="small-print">
        {to <= from ? 'It goes on past midnight. ' : ''}In the time zone that is set above.
      </p>
    </>
  );
};

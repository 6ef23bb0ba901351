import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { TextField } from '../../parts/TextField.tsx';
import type { FormControl } from '../../parts/useForm.ts';
import { fieldTime } from './greetingWords.ts';

const DAY_MS = 86_400_000;

/** Tomorrow at this hour. */
const someEnd = (): Date => new Date(Date.now() + DAY_MS);

export interface End {
  readonly field: JSX.Element;
  /** Null: it would have ended already, which the field says. */
  readonly read: () => Date | null;
}

/** When a greeting for a while ends, as it is typed. */
export const useEnd = (control: FormControl<'until'>, first: Date | null = null): End => {
  const [typed, setTyped] = useState(() => fieldTime(first ?? someEnd()));
  return {
    field: (
      <TextField
        kind="datetime-local"
        label="Until"
        value={typed}
        problem={control.problems.until}
        onInput={(now) => {
          setTyped(now);
          control.clear();
        }}
      />
    ),
    read: () => {
      const end = new Date(typed);
      // Also of a date that is none.
      if (end.getTime() > Date.now()) return end;
      control.tell({ until: 'It has to end later than now.' });
      return null;
    },
  };
};

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Availability, User } from '../../../../server/protocol/people.ts';
import { useSettings } from '../useSettings.ts';

const CHOICES = [
  ['automatic', 'Automatic'],
  ['away', 'Away'],
  ['doNotDisturb', 'Do not disturb'],
] as const satisfies readonly (readonly [Availability, string])[];

export const AvailabilityChoice = ({ user }: { user: User }): JSX.Element => {
  const { shown, keep } = useSettings(user);
  const id = useId();
  const chosen = shown.availability;
  return (
    <fieldset class="availability">
      <legend>Availability</legend>
      {CHOICES.map(([value, words]) => (
        <label key={value}>
          <input
            type="radio"
            name={id}
            checked={chosen === value}
            onChange={() => void keep({ availability: value })}
          />
          {words}
        </label>
      ))}
      <p class="small-print">
        {chosen === 'doNotDisturb'
          ? 'Nothing rings; callers can leave a message.'
          : 'Automatic: available while you are at a browser.'}
      </p>
    </fieldset>
  );
};

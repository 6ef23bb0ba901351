import type { JSX } from 'preact';
import type { Audience, User } from '../../../../server/protocol/people.ts';
import { Choice } from '../../parts/Choice.tsx';
import { Switch } from '../../parts/Switch.tsx';
import { Part } from '../Part.tsx';
import { PushSwitch } from '../push/PushSwitch.tsx';
import { useSettings } from '../useSettings.ts';
import { TimeZoneField } from './TimeZoneField.tsx';

const AUDIENCE_CHOICES = [
  ['everybody', 'Everybody, guests as well'],
  ['members', 'People with an account here'],
  ['nobody', 'Nobody'],
] as const satisfies readonly (readonly [Audience, string])[];

const RING_SECONDS = [10, 15, 20, 25, 30, 45, 60, 90, 120];

const ringChoices = (now: number): readonly (readonly [string, string])[] =>
  [...new Set([...RING_SECONDS, now])]
    .toSorted((a, b) => a - b)
    .map((seconds) => [String(seconds), `${seconds} seconds`] as const);

export const ReachPart = ({ user }: { user: User }): JSX.Element => {
  const { shown, keep } = useSettings(user);
  return (
    <Part title="Being called" lead="Changes here are kept at once.">
      <div class="pp-pair">
        <Choice
          label="Who sees whether you are there"
          value={shown.presenceVisibleTo}
          options={AUDIENCE_CHOICES}
          onChange={(presenceVisibleTo) => void keep({ presenceVisibleTo })}
        />
        <Choice
          label="A call rings for"
          value={String(shown.ringSeconds)}
          options={ringChoices(shown.ringSeconds)}
          onChange={(seconds) => void keep({ ringSeconds: Number(seconds) })}
        />
      </div>
      <Switch
        label="Call waiting"
        hint="While you are in a call, a second one may ring. Without it, who calls is told that you are busy."
        on={shown.callWaiting}
        onChange={(callWaiting) => void keep({ callWaiting })}
      />
      <Switch
        label="Video messages"
        hint="Callers who reach nobody may be seen in the message that they leave. Without it, they are only heard."
        on={shown.videoMessages}
        onChange={(videoMessages) => void keep({ videoMessages })}
      />
      <PushSwitch />
      <TimeZoneField
        key={shown.timeZone}
        value={shown.timeZone}
        onSave={(timeZone) => void keep({ timeZone })}
      />
    </Part>
  );
};

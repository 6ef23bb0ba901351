import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { useCall } from '../call/context.ts';
import { Switch } from '../parts/Switch.tsx';
import { readDays } from './keepDays.ts';

/** Empty: the server's rule. What is no number of days is not sent. */
const KeepDays = ({
  days,
  onChange,
}: {
  days: number | null;
  onChange: (days: number | null) => void;
}): JSX.Element => {
  const id = useId();
  const [wrong, setWrong] = useState(false);
  const take = (typed: string) => {
    const read = readDays(typed);
    setWrong(read === undefined);
    if (read !== undefined && read !== days) onChange(read);
  };
  return (
    <div class="field keep-days">
      <label for={id}>Delete recordings after (days)</label>
      <input
        id={id}
        class="input"
        inputMode="numeric"
        autocomplete="off"
        value={days === null ? '' : String(days)}
        aria-invalid={wrong}
        aria-describedby={`${id}-hint`}
        onChange={(event) => take(event.currentTarget.value)}
      />
      <p id={`${id}-hint`} class={wrong ? 'error-text' : 'small-print'}>
        {wrong
          ? 'A whole number of days from 1 to 36500, or nothing.'
          : 'Empty: the server’s own rule.'}
      </p>
    </div>
  );
};

/** How recording works in this room, for those who look after it. */
export const RecordingSettings = (): JSX.Element | null => {
  const call = useCall();
  const id = useId();
  const settings = call.store.room.value?.recording;
  if (settings === undefined) return null;
  const change = (recording: Partial<typeof settings>) => call.updateRoom({ recording });
  return (
    <details class="panel-details">
      <summary>Recording</summary>
      <div class="field">
        <label for={id}>Who may record</label>
        <select
          id={id}
          class="select"
          value={settings.allowed}
          onChange={({ currentTarget: { value } }) =>
            change({ allowed: value === 'everybody' ? 'everybody' : 'moderators' })
          }
        >
          <option value="moderators">Host and moderators</option>
          <option value="everybody">Everybody</option>
        </select>
      </div>
      <Switch
        label="Record by itself"
        hint="Whenever somebody is in the room. They are told before they come in."
        on={settings.automatic}
        onChange={(automatic) => change({ automatic })}
      />
      <Switch
        label="Ask for consent"
        hint="Who has not agreed is not recorded."
        on={settings.consent}
        onChange={(consent) => change({ consent })}
      />
      <KeepDays days={settings.keepDays} onChange={(keepDays) => change({ keepDays })} />
    </details>
  );
};

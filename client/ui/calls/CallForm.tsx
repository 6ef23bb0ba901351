import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Presence } from '../../../server/protocol/people.ts';
import { Icon } from '../parts/Icon.tsx';
import { recall, remember } from '../parts/memory.ts';
import { Switch } from '../parts/Switch.tsx';
import { PRESENCE_WORDS } from '../people/presences.ts';
import { me } from '../people/session.ts';
import { cleanName } from '../prejoin/displayName.ts';
import { centre } from './centre.ts';

const NAME = 'name';

const GuestName = ({
  typed,
  missing,
  onInput,
}: {
  typed: string;
  missing: boolean;
  onInput: (typed: string) => void;
}): JSX.Element => {
  const id = useId();
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // On a phone the keyboard would cover the page.
    if (recall(NAME) === null && matchMedia('(pointer: fine)').matches)
      ref.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (missing) ref.current?.focus();
  }, [missing]);
  return (
    <div class="field">
      <label for={id}>Your name</label>
      <input
        ref={ref}
        id={id}
        class="input"
        name="name"
        autocomplete="name"
        autocapitalize="words"
        spellcheck={false}
        enterkeyhint="go"
        maxLength={64}
        value={typed}
        aria-invalid={missing}
        aria-describedby={missing ? `${id}-error` : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {missing && (
        <p class="error-text" id={`${id}-error`}>
          Please type a name, so that they know who calls.
        </p>
      )}
    </div>
  );
};

/** Who calls, whether with a picture, and the button that rings. */
export const CallForm = ({
  user,
  name,
  presence,
}: {
  user: string;
  name: string;
  presence: Presence | null;
}): JSX.Element => {
  const [typed, setTyped] = useState(recall(NAME) ?? '');
  const [missing, setMissing] = useState(false);
  const { camera } = centre.media;
  const isGuest = me() === null;
  const submit = (event: Event) => {
    event.preventDefault();
    if (isGuest) {
      const clean = cleanName(typed);
      setMissing(clean === '');
      if (clean === '') return;
      remember(NAME, clean);
      centre.guestName = clean;
    }
    centre.media.settle();
    void centre.place({ to: user, video: camera.wanted.peek() });
  };
  return (
    <form class="prejoin-form" onSubmit={submit} noValidate>
      {presence !== null && (
        <p class="who-is-here" role="status">
          {PRESENCE_WORDS[presence]}
        </p>
      )}
      {isGuest && (
        <GuestName
          typed={typed}
          missing={missing}
          onInput={(text) => {
            setTyped(text);
            setMissing(false);
          }}
        />
      )}
      <Switch
        label="With video"
        hint={`${name} sees you once they have answered.`}
        on={camera.wanted.value}
        onChange={() => void centre.media.toggle('camera')}
      />
      <button type="submit" class="button primary join" aria-busy={centre.busy.value}>
        <Icon name="phone" />
        Call
      </button>
    </form>
  );
};

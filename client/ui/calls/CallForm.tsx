import type { JSX } from 'preact';
import type { Presence } from '../../../server/protocol/people.ts';
import { Icon } from '../parts/Icon.tsx';
import { Switch } from '../parts/Switch.tsx';
import { PRESENCE_WORDS } from '../people/presences.ts';
import { me } from '../people/session.ts';
import { useYourName, YourName } from '../prejoin/YourName.tsx';
import { centre } from './centre.ts';

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
  const guest = useYourName();
  const { camera } = centre.media;
  const isGuest = me() === null;
  const submit = (event: Event) => {
    event.preventDefault();
    if (isGuest) {
      const guestName = guest.take();
      if (guestName === undefined) return;
      centre.guestName = guestName;
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
      {isGuest && <YourName name={guest} why="they know who calls" />}
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

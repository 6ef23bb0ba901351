import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { User } from '../../../../server/protocol/people.ts';
import { Icon } from '../../parts/Icon.tsx';
import { SearchField } from '../../parts/SearchField.tsx';
import { Part } from '../Part.tsx';
import { AddPerson } from './AddPerson.tsx';
import { UserRow } from './UserRow.tsx';
import { useUsers } from './useUsers.ts';

/** From here on one searches. */
const MANY = 8;

const isFound = ({ name, displayName }: User, q: string): boolean =>
  name.includes(q) || displayName.toLowerCase().includes(q);

export const UsersPart = ({ own }: { own: User }): JSX.Element => {
  const { users, state, look } = useUsers();
  const [q, setQ] = useState('');
  const shown = users.filter((user) => isFound(user, q.toLowerCase()));
  return (
    <Part
      title="People"
      lead="Who has an account here. Whoever gets theirs by an invitation chooses their own password."
    >
      <AddPerson onAdded={look} />
      {users.length > MANY && (
        <SearchField label="Search people" placeholder="Name" onSearch={setQ} />
      )}
      {state === 'looking' && (
        <p class="soft" role="status">
          Looking…
        </p>
      )}
      {state === 'failed' && (
        <p class="notice" role="alert">
          <Icon name="warning" />
          <span>
            The list could not be fetched.{' '}
            <button type="button" class="button small" onClick={() => void look()}>
              Try again
            </button>
          </span>
        </p>
      )}
      {shown.length > 0 && (
        <ul class="pp-list" aria-label="People">
          {shown.map((user) => (
            <UserRow key={user.id} user={user} isSelf={user.id === own.id} onChanged={look} />
          ))}
        </ul>
      )}
      {state === 'known' && shown.length === 0 && <p class="soft">Nobody is called “{q}”.</p>}
    </Part>
  );
};

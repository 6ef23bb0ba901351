import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Person } from '../../../../server/protocol/people.ts';
import { Avatar } from '../../parts/Avatar.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { SearchField } from '../../parts/SearchField.tsx';
import { callPath } from '../../route.ts';
import { PRESENCE_WORDS, presenceOf } from '../presences.ts';
import { PresenceDot } from '../PresenceDot.tsx';
import './people.css';
import { usePeople } from './usePeople.ts';

const PersonRow = ({ person: { name, displayName } }: { person: Person }): JSX.Element => {
  const presence = presenceOf(name);
  return (
    <li class="room-row">
      <span class="person-face">
        <Avatar id={name} name={displayName} />
        {presence !== null && <PresenceDot presence={presence} />}
      </span>
      <span class="room-words">
        <span class="room-name">{displayName}</span>
        <span class="small-print">
          @{name}
          {presence !== null && ` · ${PRESENCE_WORDS[presence]}`}
        </span>
      </span>
      <a class="button small" href={callPath(name)} aria-label={`Call ${displayName}`}>
        Call
      </a>
    </li>
  );
};

export const PeopleSection = (): JSX.Element => {
  const [q, setQ] = useState('');
  const { people, state, hasMore, more } = usePeople(q);
  return (
    <section class="public-rooms" aria-labelledby="people">
      <h2 id="people">People</h2>
      <SearchField label="Search people" placeholder="Name" onSearch={setQ} />
      <p class="soft" role="status">
        {state === 'looking' && people.length === 0 && 'Looking for people…'}
        {state === 'failed' && 'The server does not answer. This page keeps trying.'}
        {state === 'known' && people.length === 0 && nobodyWords(q)}
      </p>
      {people.length > 0 && (
        <ul class="rooms" aria-labelledby="people">
          {people.map((person) => (
            <PersonRow key={person.name} person={person} />
          ))}
        </ul>
      )}
      {hasMore && (
        <div class="button-row">
          <button type="button" class="button" onClick={more}>
            <Icon name="people" />
            Show more
          </button>
        </div>
      )}
    </section>
  );
};

const nobodyWords = (q: string): string =>
  q === '' ? 'Nobody else has an account yet.' : `Nobody is called “${q}”.`;

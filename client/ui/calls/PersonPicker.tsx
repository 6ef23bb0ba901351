import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import type { Person } from '../../../server/protocol/people.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { peopleClient } from '../people/client.ts';
import { notePeople, PRESENCE_WORDS, presenceOf } from '../people/presences.ts';
import { me } from '../people/session.ts';

/** More fit on no screen; whoever is not among them is found by name. */
const SHOWN = 20;

type Found = readonly Person[] | 'looking' | 'failed';

const usePeople = (q: string): Found => {
  const [found, setFound] = useState<Found>('looking');
  useEffect(() => {
    let over = false;
    const look = async (): Promise<Found> => {
      const { items } = await peopleClient.people({ limit: SHOWN, ...(q !== '' && { q }) });
      notePeople(items);
      return items;
    };
    void look()
      .catch((): Found => 'failed')
      .then((now) => !over && setFound(now));
    return () => {
      over = true;
    };
  }, [q]);
  return found;
};

const Choice = ({
  person: { name, displayName },
  group,
  chosen,
  onChoose,
}: {
  person: Person;
  group: string;
  chosen: boolean;
  onChoose: () => void;
}): JSX.Element => {
  const presence = presenceOf(name);
  return (
    <label class="person-choice">
      <input type="radio" name={group} checked={chosen} onChange={onChoose} />
      <Avatar id={name} name={displayName} />
      <span class="person-choice-words">
        <span>{displayName}</span>
        {presence !== null && <span class="small-print">{PRESENCE_WORDS[presence]}</span>}
      </span>
    </label>
  );
};

/** Whom to ring: everybody here, or those whose name has in it what is typed. */
export const PersonPicker = ({
  without,
  chosen,
  onChoose,
}: {
  /** Names of who is in the call already. */
  without: readonly string[];
  chosen: string | null;
  onChoose: (name: string) => void;
}): JSX.Element => {
  const [q, setQ] = useState('');
  const found = usePeople(q);
  const group = useId();
  const isKnown = typeof found !== 'string';
  const isOffered = ({ name }: Person) => name !== me()?.name && !without.includes(name);
  const people = isKnown ? found.filter(isOffered) : [];
  return (
    <div class="person-picker">
      <SearchField label="Search people" placeholder="Name" onSearch={setQ} />
      <fieldset class="person-choices">
        <legend class="vh">People</legend>
        {people.map((person) => (
          <Choice
            key={person.name}
            person={person}
            group={group}
            chosen={person.name === chosen}
            onChoose={() => onChoose(person.name)}
          />
        ))}
      </fieldset>
      <p class="small-print" role="status">
        {found === 'failed' && 'The server does not answer.'}
        {isKnown && people.length === 0 && 'Nobody else here is called that.'}
      </p>
    </div>
  );
};

import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import type { Person } from '../../../server/protocol/people.ts';
import { PeopleClient } from '../../core/PeopleClient.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { me } from '../people/session.ts';
import { PRESENCE_WORDS } from './presenceWords.ts';

/** More fit on no screen; whoever is not among them is found by name. */
const SHOWN = 20;
/** Longer asks less often, shorter finds sooner. */
const TYPING_MS = 200;

type Found = readonly Person[] | 'looking' | 'failed';

const usePeople = (typed: string): Found => {
  const [found, setFound] = useState<Found>('looking');
  useEffect(() => {
    let over = false;
    const look = async () => {
      try {
        const { items } = await new PeopleClient().people({ q: typed.trim(), limit: SHOWN });
        if (!over) setFound(items.filter(({ name }) => name !== me()?.name));
      } catch {
        if (!over) setFound('failed');
      }
    };
    const timer = setTimeout(() => void look(), TYPING_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [typed]);
  return found;
};

const Choice = ({
  person,
  group,
  chosen,
  onChoose,
}: {
  person: Person;
  group: string;
  chosen: boolean;
  onChoose: () => void;
}): JSX.Element => (
  <label class="person-choice">
    <input type="radio" name={group} checked={chosen} onChange={onChoose} />
    <Avatar id={person.name} name={person.displayName} />
    <span class="person-choice-words">
      <span>{person.displayName}</span>
      {person.presence !== null && (
        <span class="small-print">{PRESENCE_WORDS[person.presence]}</span>
      )}
    </span>
  </label>
);

/** Whom to call: everybody here, or those whose name has in it what is typed. */
export const PersonPicker = ({
  without,
  chosen,
  onChoose,
}: {
  /** Names of who is in it already. */
  without: readonly string[];
  chosen: string | null;
  onChoose: (name: string) => void;
}): JSX.Element => {
  const [typed, setTyped] = useState('');
  const found = usePeople(typed);
  const id = useId();
  const offered =
    typeof found === 'string' ? [] : found.filter(({ name }) => !without.includes(name));
  return (
    <div class="person-picker">
      <div class="field">
        <label for={id}>Search people</label>
        <input
          id={id}
          class="input"
          type="search"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <fieldset class="person-choices">
        <legend class="vh">People</legend>
        {offered.map((person) => (
          <Choice
            key={person.name}
            person={person}
            group={id}
            chosen={person.name === chosen}
            onChoose={() => onChoose(person.name)}
          />
        ))}
      </fieldset>
      <p class="small-print" role="status">
        {found === 'failed' && 'The server does not answer.'}
        {typeof found !== 'string' && offered.length === 0 && 'Nobody here is called that.'}
      </p>
    </div>
  );
};

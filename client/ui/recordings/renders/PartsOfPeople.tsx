import type { JSX } from 'preact';
import type { ParticipantId } from '../../../../server/protocol/ids.ts';
import type { Person } from '../../../../server/protocol/recordings.ts';
import { Choice } from '../../parts/Choice.tsx';
import type { Part } from './wish.ts';

const PARTS = [
  ['whole', 'Seen and heard'],
  ['silenced', 'Seen, not heard'],
  ['without', 'Left out'],
] as const satisfies readonly (readonly [Part, string])[];

/** Who is in it, and how. */
export const PartsOfPeople = ({
  people,
  parts,
  problem,
  onChange,
}: {
  people: readonly Pick<Person, 'participantId' | 'name'>[];
  parts: ReadonlyMap<ParticipantId, Part>;
  problem: string | undefined;
  onChange: (parts: ReadonlyMap<ParticipantId, Part>) => void;
}): JSX.Element => (
  <fieldset class="rp-wide rp-parts">
    <legend>People</legend>
    <div>
      {people.map(({ participantId, name }) => (
        <Choice<Part>
          key={participantId}
          label={name}
          value={parts.get(participantId) ?? 'whole'}
          options={PARTS}
          problem={problem}
          onChange={(part) => onChange(new Map([...parts, [participantId, part]]))}
        />
      ))}
    </div>
  </fieldset>
);

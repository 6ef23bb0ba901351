import type { JSX } from 'preact';
import type { RecordingResource } from '../../../../server/protocol/recordings.ts';
import { Avatar } from '../../parts/Avatar.tsx';
import { sizeWords } from '../../recording/afterWords.ts';
import { durationClock } from '../../recording/words.ts';
import { whenWords } from '../../parts/when.ts';

/** When, how long, how large, and who was there. */
export const Facts = ({ recording }: { recording: RecordingResource }): JSX.Element => {
  const { room, voicemail, startedAt, startedBy, durationMs } = recording;
  const { bytes, expiresAt, participants } = recording;
  const facts = [
    ...(voicemail ? [] : [`Room ${room.name}`]),
    whenWords(startedAt),
    durationClock(durationMs),
    ...(bytes > 0 ? [sizeWords(bytes)] : []),
    ...(startedBy === null ? [] : [`recorded by ${startedBy}`]),
    ...(expiresAt === null ? [] : [`kept until ${whenWords(expiresAt)}`]),
  ];
  return (
    <div class="rp-facts">
      <p class="soft">{facts.join(' · ')}</p>
      {participants.length > 0 && (
        <ul class="rp-people" aria-label="People">
          {participants.map(({ participantId, name, consent }) => (
            <li key={participantId}>
              <Avatar id={participantId} name={name} />
              {name}
              {consent === false && <span class="small-print">(not recorded)</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};

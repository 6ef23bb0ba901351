import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ParticipantState } from '../../../server/protocol/signaling.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { CloseButton } from '../parts/CloseButton.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Switch } from '../parts/Switch.tsx';
import { RecordingSettings } from '../recording/RecordingSettings.tsx';
import { useCall } from './context.ts';
import { liveTrackOf } from './people.ts';

const ROLE_WORDS = { owner: 'Host', moderator: 'Moderator', guest: null } as const;

const stateWords = (person: ParticipantState, unrecorded: boolean): string => {
  const words = [
    ROLE_WORDS[person.role],
    person.connection === 'connected' ? null : 'Reconnecting…',
    liveTrackOf(person, 'screen') ? 'Presenting' : null,
    unrecorded ? 'Not recorded' : null,
  ];
  return words.filter((word) => word !== null).join(' · ');
};

const Person = ({
  person,
  own,
  onRemove,
}: {
  person: ParticipantState;
  own: boolean;
  onRemove: (() => void) | null;
}): JSX.Element => {
  const heard = liveTrackOf(person, 'microphone') !== undefined;
  const seen = liveTrackOf(person, 'camera') !== undefined;
  const unrecorded = useCall().recording.unrecorded.value.includes(person.id);
  const words = stateWords(person, unrecorded);
  return (
    <li class="person">
      <Avatar id={person.id} name={person.name} />
      <span class="person-words">
        <span class="person-name">
          {person.name}
          {own && <span class="soft"> (you)</span>}
        </span>
        {words !== '' && <span class="small-print">{words}</span>}
      </span>
      <span class="person-devices">
        <Icon name={heard ? 'microphone' : 'microphoneOff'} />
        <span class="vh">{heard ? 'Microphone on' : 'Microphone off'}</span>
        <Icon name={seen ? 'camera' : 'cameraOff'} />
        <span class="vh">{seen ? 'Camera on' : 'Camera off'}</span>
      </span>
      {onRemove !== null && (
        <button
          type="button"
          class="button quiet icon-only"
          aria-label={`Remove ${person.name}`}
          title={`Remove ${person.name}`}
          onClick={onRemove}
        >
          <Icon name="personRemove" />
        </button>
      )}
    </li>
  );
};

const RoomSwitches = (): JSX.Element | null => {
  const call = useCall();
  const room = call.store.room.value;
  if (room === null) return null;
  return (
    <div class="panel-switches">
      <Switch
        label="Lock room"
        hint="Nobody new can come in."
        on={room.locked}
        onChange={(locked) => call.updateRoom({ locked })}
      />
      <Switch
        label="List on the home page"
        hint="Anybody who opens this server’s home page can find it."
        on={room.listed}
        onChange={(listed) => call.updateRoom({ listed })}
      />
      <RecordingSettings />
    </div>
  );
};

export const PeoplePanel = ({ onClose }: { onClose: () => void }): JSX.Element => {
  const call = useCall();
  const headingRef = useRef<HTMLHeadingElement>(null);
  const [leaving, setLeaving] = useState<ParticipantState | null>(null);
  useEffect(() => headingRef.current?.focus(), []);
  const self = call.store.self.value;
  const isRoom = call.personal === null;
  const moderates = isRoom && (self?.role === 'owner' || self?.role === 'moderator');
  const people = call.store.participants.value;
  return (
    <aside class="panel" aria-labelledby="people-heading">
      <div class="dialog-head">
        <h2 id="people-heading" ref={headingRef} tabIndex={-1}>
          People <span class="soft">{people.length}</span>
        </h2>
        <CloseButton onClose={onClose} />
      </div>
      {moderates && <RoomSwitches />}
      <ul class="people" aria-label="Everybody here">
        {people.map((person) => (
          <Person
            key={person.id}
            person={person}
            own={person.id === self?.id}
            onRemove={
              moderates && person.id !== self.id && person.role !== 'owner'
                ? () => setLeaving(person)
                : null
            }
          />
        ))}
      </ul>
      {isRoom && (
        <button type="button" class="button" onClick={() => call.copyLink()}>
          <Icon name="link" />
          Copy invitation
        </button>
      )}
      {leaving !== null && (
        <Dialog title={`Remove ${leaving.name}?`} onClose={() => setLeaving(null)}>
          <p>
            {leaving.name} leaves the call at once. Lock the room as well if they should not come
            back.
          </p>
          <div class="dialog-actions">
            <button type="button" class="button" onClick={() => setLeaving(null)}>
              Cancel
            </button>
            <button
              type="button"
              class="button danger"
              onClick={() => {
                setLeaving(null);
                call.remove(leaving.id);
              }}
            >
              Remove
            </button>
          </div>
        </Dialog>
      )}
    </aside>
  );
};

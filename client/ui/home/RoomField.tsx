import type { JSX } from 'preact';
import { EntryForm } from '../parts/EntryForm.tsx';
import { navigate, roomPath } from '../route.ts';
import { readRoomEntry } from './roomName.ts';

const hint = (typed: string): string => {
  const entry = readRoomEntry(typed);
  return entry.kind === 'room' && entry.typed
    ? 'Others may guess a name like this. Lock the room once everybody is in.'
    : 'If nobody is there yet, the room starts with you.';
};

const enter = (typed: string): string | undefined => {
  const entry = readRoomEntry(typed);
  if (entry.kind === 'room') {
    navigate(roomPath(entry.room));
    return undefined;
  }
  return entry.kind === 'invalid' ? entry.why : 'Please type a name or paste a link.';
};

export const RoomField = (): JSX.Element => (
  <EntryForm
    label="Name or link"
    button="Go"
    placeholder="team-lunch"
    hint={hint}
    onEntry={enter}
  />
);

import type { ParticipantId } from '../../../protocol/ids.ts';
import type { Person } from '../../../protocol/recordings.ts';
import type { TrackFolder } from '../../journal/readJournal.ts';
import { union } from '../tracks/intervals.ts';
import type { Answer, Guest, Happenings } from './EventLog.ts';

/**
 * Who was there, in the order of their coming. Those of whom a torn event log tells nothing are known
 * from their journals: there for as long as these go.
 */
export const guestsOf = (
  { guests }: Pick<Happenings, 'guests'>,
  tracks: readonly { readonly track: TrackFolder; readonly lastMs: number }[],
): Guest[] => {
  const known = new Map(guests.map((guest) => [guest.id, guest]));
  for (const { track, lastMs } of tracks) {
    const { participantId: id, participantName: name } = track.info;
    const guest = known.get(id);
    const stay = { fromMs: track.beginsMs, toMs: lastMs };
    if (!guest) known.set(id, { id, name, stays: [stay] });
    // The journal knows a name that the log, torn in its beginning, may not.
    else if (guest.name === '') known.set(id, { ...guest, name, stays: [...guest.stays, stay] });
  }
  return [...known.values()];
};

export const peopleOf = (
  guests: readonly Guest[],
  answers: readonly Answer[],
  consentRequired: boolean,
): Person[] =>
  guests.map(({ id, name, stays }) => ({
    participantId: id,
    name,
    stays: union(stays).map(({ fromMs, toMs }) => ({
      fromMs: Math.round(fromMs),
      toMs: Math.round(toMs),
    })),
    consent: consentOf(id, answers, consentRequired),
  }));

/** Who was asked and did not answer has not agreed. */
const consentOf = (
  id: ParticipantId,
  answers: readonly Answer[],
  consentRequired: boolean,
): boolean | null => {
  const last = answers.findLast(({ participantId }) => participantId === id);
  return last?.agreed ?? (consentRequired ? false : null);
};

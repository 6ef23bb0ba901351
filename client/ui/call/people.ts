import type { ParticipantState, TrackState } from '../../../server/protocol/signaling.ts';
import type { Source } from '../../../server/protocol/media.ts';

const trackOf = (participant: ParticipantState, source: Source): TrackState | undefined =>
  participant.tracks.find((track) => track.source === source);

/** What is being sent of `source` now. */
export const liveTrackOf = (
  participant: ParticipantState,
  source: Source,
): TrackState | undefined => {
  const track = trackOf(participant, source);
  return track?.paused === false ? track : undefined;
};

/** Oneself first, then by arrival: a place in the grid changes only when somebody comes or goes. */
export const tileOrder = (
  participants: readonly ParticipantState[],
  selfId: string | undefined,
): readonly ParticipantState[] => {
  const present = participants.filter(({ connection }) => connection !== 'lost');
  return [
    ...present.filter(({ id }) => id === selfId),
    ...present.filter(({ id }) => id !== selfId),
  ];
};

export interface Share {
  readonly participant: ParticipantState;
  readonly track: TrackState;
}

/** Screens that others show, the newest last. */
export const sharesOf = (
  participants: readonly ParticipantState[],
  selfId: string | undefined,
): readonly Share[] =>
  participants
    .filter(({ id, connection }) => id !== selfId && connection !== 'lost')
    .flatMap((participant) => {
      const track = liveTrackOf(participant, 'screen');
      return track ? [{ participant, track }] : [];
    });

import type { RoomState, Snapshot } from '../../server/protocol/signaling.ts';

type Who = Pick<Snapshot, 'self' | 'room'>;

/** Does this participant's right to record outlast a change of the room's settings? */
export const hasOwnGrant = ({ self, room }: Who): boolean =>
  self.role !== 'guest' || (self.canRecord && room.recording.allowed === 'moderators');

/** May somebody record in a room with these settings? The server has the last word. */
export const mayRecord = (room: Pick<RoomState, 'recording'>, granted: boolean): boolean =>
  granted || room.recording.allowed === 'everybody';

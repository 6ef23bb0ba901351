import type { RoomResource } from '../../protocol/rest.ts';
import type { RecordingService } from '../../recordings/RecordingService.ts';
import type { Room } from '../../rooms/Room.ts';
import { timeOf } from './recordingResource.ts';

/** A room as whoever looks through its door has it. */
export const roomResource = (
  room: Room,
  recordings: Pick<RecordingService, 'statusOf'>,
): RoomResource => ({
  id: room.id,
  name: room.name,
  locked: room.locked,
  listed: room.listed,
  recording: room.recording,
  recordingStatus: recordings.statusOf(room),
  participantCount: room.participantCount,
  createdAt: timeOf(room.createdAt),
});

import type { RoomStore } from '../../server/rooms/RoomStore.ts';

/** For tests that end with the process: nothing is kept. */
export const noRooms: RoomStore = {
  all: () => Promise.resolve([]),
  put: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};

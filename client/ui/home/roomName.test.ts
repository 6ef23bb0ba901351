import { describe, expect, it } from 'vitest';
import { RoomNameSchema } from '../../../server/protocol/ids.ts';
import { MAX_ROOM_NAME_LENGTH, readRoomEntry, ROOM_NAME_PATTERN } from './roomName.ts';

describe('readRoomEntry', () => {
  it('keeps to the rule of the wire', () => {
    expect(RoomNameSchema).toMatchObject({
      pattern: ROOM_NAME_PATTERN,
      maxLength: MAX_ROOM_NAME_LENGTH,
      minLength: 1,
    });
  });

  it.each([
    ['standup', 'standup'],
    ['  Team lunch ', 'Team-lunch'],
    ['наша_комната', 'наша_комната'],
  ])('takes the name %j', (input, room) => {
    expect(readRoomEntry(input)).toEqual({ kind: 'room', room, typed: true });
  });

  it.each([
    ['https://meet.example/r/calm-otter?x=1#y', 'calm-otter'],
    ['meet.example/r/calm-otter', 'calm-otter'],
    ['http://localhost:3000/r/%D0%B4%D0%BE%D0%BC/', 'дом'],
    ['/r/calm-otter', 'calm-otter'],
  ])('takes the link %j', (input, room) => {
    expect(readRoomEntry(input)).toEqual({ kind: 'room', room, typed: false });
  });

  it.each(['-a', 'a/b', 'room_1', 'https://meet.example/', 'x'.repeat(65), '💬', '/r/%E0%A4%A'])(
    'refuses %j and says why',
    (input) => {
      expect(readRoomEntry(input)).toMatchObject({ kind: 'invalid' });
    },
  );

  it('knows when nothing is there', () => {
    expect(readRoomEntry('  ')).toEqual({ kind: 'empty' });
  });
});

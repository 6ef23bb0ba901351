import * as fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import {
  DisplayNameSchema,
  foldRoomName,
  isRoomName,
  newId,
  ParticipantIdSchema,
  RoomIdSchema,
  RoomNameSchema,
} from './ids.ts';

const names = Compile(RoomNameSchema);
const displayNames = Compile(DisplayNameSchema);

test('ids fit their schemas, and no other prefix does', () => {
  expect(Compile(RoomIdSchema).Check(newId('room'))).toBe(true);
  expect(Compile(ParticipantIdSchema).Check(newId('part'))).toBe(true);
  expect(Compile(RoomIdSchema).Check(newId('part'))).toBe(false);
  expect(names.Check(newId('room'))).toBe(false);
});

describe('a room name', () => {
  test.each([
    'a',
    '7',
    'team-7',
    'Büro',
    'кухня',
    '会議室',
    'غرفة',
    'कमरा',
    'a.b_c',
    'x'.repeat(64),
  ])('may be %s', (name) => expect(names.Check(name)).toBe(true));

  test.each(['', '-a', '.', '..', 'a/b', 'a b', 'a?b', 'a#b', 'a%2f', '😀', 'room_1', 'a\u202eb'])(
    'may not be %j',
    (name) => expect(names.Check(name)).toBe(false),
  );

  test('is the same however it is typed', () => {
    expect(foldRoomName('CAFÉ')).toBe(foldRoomName('cafe\u0301'));
    expect(foldRoomName('ＡＢＣ')).toBe('abc');
    expect(foldRoomName('КУХНЯ')).toBe('кухня');
  });

  test('folded twice is folded once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(foldRoomName(foldRoomName(name))).toBe(foldRoomName(name));
      }),
    );
  });

  test('is judged by its folded form: what stands in the URL must be a name again', () => {
    for (const name of ['a½', 'aĿ', 'ROOM_1', 'ﬃ'.repeat(40), 'ﷺ']) {
      expect(names.Check(name)).toBe(true);
      expect(isRoomName(foldRoomName(name))).toBe(false);
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(isRoomName(name)).toBe(names.Check(name));
      }),
    );
  });
});

describe('a display name', () => {
  test.each(['Ann', 'Ann B.', '山田', "O'Neil <b>", '👩🏽‍🚀'])('may be %s', (name) =>
    expect(displayNames.Check(name)).toBe(true),
  );

  test.each(['', ' ', '\u3000', 'a\nb', 'a\u0000', 'a\u202eb', 'a\u2066b', 'a'.repeat(65)])(
    'may not be %j',
    (name) => expect(displayNames.Check(name)).toBe(false),
  );

  test('cannot be long by piling up marks', () => {
    expect(displayNames.Check(`a${'\u0301'.repeat(1_000)}`)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { UserNameSchema } from '../../../server/protocol/people.ts';
import { MAX_USER_NAME_LENGTH, readUserName, USER_NAME_PATTERN } from './userName.ts';

describe('readUserName', () => {
  it('keeps to the rule of the wire', () => {
    expect(UserNameSchema).toMatchObject({
      pattern: USER_NAME_PATTERN,
      maxLength: MAX_USER_NAME_LENGTH,
      minLength: 1,
    });
  });

  it.each([
    ['ana', 'ana'],
    [' Ana.B ', 'ana.b'],
    ['@ana', 'ana'],
    ['https://meet.example/call/ana-b', 'ana-b'],
    ['meet.example/call/ana/', 'ana'],
    ['7', '7'],
  ])('reads %j', (typed, name) => {
    expect(readUserName(typed)).toBe(name);
  });

  it.each(['', ' ', '@', '-ana', 'ana.', 'ana b', 'änne', 'a/b', 'x'.repeat(65)])(
    'finds none in %j',
    (typed) => {
      expect(readUserName(typed)).toBeNull();
    },
  );
});

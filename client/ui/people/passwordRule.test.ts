import { describe, expect, it } from 'vitest';
import { PasswordSchema } from '../../../server/protocol/people.ts';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, passwordProblem } from './passwordRule.ts';

describe('the rule of passwords', () => {
  it('is that of the wire', () => {
    expect(PasswordSchema).toMatchObject({
      minLength: MIN_PASSWORD_LENGTH,
      maxLength: MAX_PASSWORD_LENGTH,
    });
  });

  it('says how long one has to be', () => {
    expect(passwordProblem('short')).toContain('at least 10 characters');
    expect(passwordProblem('ten chars!')).toBeNull();
  });
});

import { RestError } from '../../core/RestError.ts';
import type { Problems } from '../parts/useForm.ts';
import { failureWords } from './failureWords.ts';
import { passwordProblem } from './passwordRule.ts';
import { readUserName, USER_NAME_RULE } from './userName.ts';

export type PersonField = 'userName' | 'displayName' | 'password';

export type TypedPerson = Readonly<Record<PersonField, string>>;

export const EMPTY_PERSON: TypedPerson = { userName: '', displayName: '', password: '' };

/** What is typed for a new account; the display name may be left out. */
export const readPerson = (
  typed: TypedPerson,
):
  | { readonly problems: Problems<PersonField> }
  | { readonly name: string; readonly displayName?: string; readonly password: string } => {
  const { password } = typed;
  const name = readUserName(typed.userName);
  const wrong = passwordProblem(password);
  if (name === null || wrong !== null) {
    return {
      problems: {
        ...(name === null && { userName: USER_NAME_RULE }),
        ...(wrong !== null && { password: wrong }),
      },
    };
  }
  const displayName = typed.displayName.trim();
  return { name, password, ...(displayName !== '' && { displayName }) };
};

const NOT_A_DISPLAY_NAME = 'This cannot be a name: it has characters that are not to be seen.';

/** What the server did not like about it. */
export const personProblems = (error: unknown): Problems<PersonField> | string => {
  if (!(error instanceof RestError)) return failureWords(error);
  if (error.code === 'wrong_state') return { userName: error.message };
  if (error.pointers.includes('/displayName')) return { displayName: NOT_A_DISPLAY_NAME };
  if (error.pointers.includes('/password')) return { password: error.message };
  return failureWords(error);
};

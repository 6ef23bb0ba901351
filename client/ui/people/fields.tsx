import type { JSX } from 'preact';
import { TextField } from '../parts/TextField.tsx';
import { MAX_PASSWORD_LENGTH, PASSWORD_HINT } from './passwordRule.ts';
import { MAX_USER_NAME_LENGTH } from './userName.ts';

interface FieldProps {
  readonly value: string;
  readonly problem?: string | undefined;
  readonly hint?: string | undefined;
  readonly list?: string;
  readonly onInput: (typed: string) => void;
}

/** `own`: the browser may fill in who signs in here. */
export const UserNameField = ({
  label = 'User name',
  own = false,
  readOnly = false,
  ...field
}: FieldProps & {
  label?: string;
  own?: boolean;
  readOnly?: boolean;
}): JSX.Element => (
  <TextField
    {...field}
    label={label}
    name={own ? 'username' : 'person'}
    autocomplete={own ? 'username' : 'off'}
    autocapitalize="none"
    spellcheck={false}
    maxLength={MAX_USER_NAME_LENGTH}
    readOnly={readOnly}
  />
);

export const DisplayNameField = ({
  own = false,
  ...field
}: FieldProps & { own?: boolean }): JSX.Element => (
  <TextField
    {...field}
    label="Display name"
    name="display-name"
    autocomplete={own ? 'name' : 'off'}
    autocapitalize="words"
    spellcheck={false}
    maxLength={64}
  />
);

export const PasswordField = ({
  label = 'Password',
  kind,
  hint = kind === 'new' ? PASSWORD_HINT : undefined,
  ...field
}: FieldProps & { label?: string; kind: 'current' | 'new' }): JSX.Element => (
  <TextField
    {...field}
    label={label}
    hint={hint}
    name={`${kind}-password`}
    kind="password"
    autocomplete={`${kind}-password`}
    enterkeyhint="go"
    maxLength={MAX_PASSWORD_LENGTH}
  />
);

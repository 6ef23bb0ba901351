import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { recall, remember } from '../parts/memory.ts';
import { TextField } from '../parts/TextField.tsx';
import { cleanName } from './displayName.ts';

const NAME = 'name';

/** What somebody without an account is called, as they typed it here last. */
export const useYourName = () => {
  const [typed, setTyped] = useState(recall(NAME) ?? '');
  const [missing, setMissing] = useState(false);
  const type = (text: string) => {
    setTyped(text);
    setMissing(false);
  };
  /** The name, remembered; undefined when there is none, and that is said. */
  const take = (): string | undefined => {
    const clean = cleanName(typed);
    setMissing(clean === '');
    if (clean === '') return undefined;
    remember(NAME, clean);
    return clean;
  };
  return { typed, missing, type, take };
};

export const YourName = ({
  name: { typed, missing, type },
  why,
}: {
  name: ReturnType<typeof useYourName>;
  /** What it is wanted for, if it is missing. */
  why: string;
}): JSX.Element => {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // On a phone the keyboard would cover the page.
    if (recall(NAME) === null && matchMedia('(pointer: fine)').matches)
      ref.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (missing) ref.current?.focus();
  }, [missing]);
  return (
    <TextField
      label="Your name"
      name="name"
      autocomplete="name"
      autocapitalize="words"
      spellcheck={false}
      enterkeyhint="go"
      maxLength={64}
      value={typed}
      problem={missing ? `Please type a name, so that ${why}.` : undefined}
      inputRef={ref}
      onInput={type}
    />
  );
};

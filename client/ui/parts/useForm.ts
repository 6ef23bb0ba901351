import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** What is the matter, by field. */
export type Problems<Field extends string> = Partial<Record<Field, string>>;

export interface FormControl<Field extends string> {
  readonly ref: RefObject<HTMLFormElement | null>;
  readonly problems: Problems<Field>;
  /** Why what was sent was not taken, where it is the fault of no field. */
  readonly refusal: string | null;
  readonly busy: boolean;
  /** The first of these fields has the keyboard. */
  readonly tell: (problems: Problems<Field>) => void;
  /** Something is typed: what was the matter may be so no longer. */
  readonly clear: () => void;
  /** Once at a time. `refused` says what of an error is told: by field, or beside the button. */
  readonly send: (
    what: () => Promise<void>,
    refused: (error: unknown) => Problems<Field> | string,
  ) => Promise<void>;
}

/** A form that says what is the matter where it is. */
export const useForm = <Field extends string>(): FormControl<Field> => {
  const ref = useRef<HTMLFormElement>(null);
  const sending = useRef(false);
  const [problems, tell] = useState<Problems<Field>>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useLayoutEffect(() => {
    const first = ref.current?.querySelector<HTMLElement>('[aria-invalid=true]');
    first?.focus();
    if (first instanceof HTMLInputElement) first.select();
  }, [problems]);
  const clear = () => {
    if (Object.keys(problems).length > 0) tell({});
    setRefusal(null);
  };
  const send: FormControl<Field>['send'] = async (what, refused) => {
    if (sending.current) return;
    sending.current = true;
    setBusy(true);
    clear();
    try {
      await what();
    } catch (error) {
      const found = refused(error);
      if (typeof found === 'string') setRefusal(found);
      else tell(found);
    } finally {
      sending.current = false;
      setBusy(false);
    }
  };
  return { ref, problems, refusal, busy, tell, clear, send };
};

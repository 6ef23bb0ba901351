import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Greeting } from '../../../../server/protocol/greetings.ts';
import { Form } from '../../parts/Form.tsx';
import { useForm } from '../../parts/useForm.ts';
import { isOver, refusedWords } from './greetingWords.ts';
import { useEnd } from './useEnd.tsx';
import { greetingsClient } from './useGreetings.ts';

/** The same words for longer, shorter, or again. */
export const EndForm = ({
  greeting,
  label,
  onKept,
  onCancel,
}: {
  greeting: Greeting;
  label: string;
  onKept: () => Promise<void>;
  onCancel: () => void;
}): JSX.Element => {
  const control = useForm<'until'>();
  const { until } = greeting;
  const stillOn = until !== null && !isOver(greeting, Date.now());
  const end = useEnd(control, stillOn ? new Date(until) : null);
  useEffect(() => control.ref.current?.querySelector('input')?.focus(), []);
  const keep = async () => {
    const wished = end.read();
    if (wished === null) return;
    await control.send(async () => {
      await greetingsClient.setUntil(greeting, wished);
      await onKept();
    }, refusedWords);
  };
  return (
    <Form
      control={control}
      class="greeting-form"
      label={label}
      submit="Keep"
      onSubmit={() => void keep()}
      beside={
        <button type="button" class="button quiet" onClick={onCancel}>
          Cancel
        </button>
      }
    >
      {end.field}
    </Form>
  );
};

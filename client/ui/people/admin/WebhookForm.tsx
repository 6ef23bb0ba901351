import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CreatedWebhook, EventType } from '../../../../server/protocol/webhooks.ts';
import type { WebhookClient } from '../../../core/WebhookClient.ts';
import { RestError } from '../../../core/RestError.ts';
import { Form } from '../../parts/Form.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useForm, type Problems } from '../../parts/useForm.ts';
import { failureWords } from '../failureWords.ts';
import { ALL_EVENTS, EVENT_WORDS } from './webhookWords.ts';

const NO_ADDRESS = 'It has to be the https address of a server on the internet.';

class NothingChosen extends Error {}

const refusedBecause = (error: unknown): Problems<'url'> | string => {
  if (error instanceof NothingChosen) return 'Please choose what it is to be told.';
  return error instanceof RestError && error.pointers.includes('/url')
    ? { url: NO_ADDRESS }
    : failureWords(error);
};

export const WebhookForm = ({
  client,
  onMade,
}: {
  client: WebhookClient;
  onMade: (made: CreatedWebhook) => Promise<void>;
}): JSX.Element => {
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<readonly EventType[]>(ALL_EVENTS);
  const control = useForm<'url'>();
  const add = async () => {
    const typed = url.trim();
    if (!typed.startsWith('https://')) {
      control.tell({ url: NO_ADDRESS });
      return;
    }
    await control.send(async () => {
      if (events.length === 0) throw new NothingChosen();
      const made = await client.create(typed, events);
      setUrl('');
      await onMade(made);
    }, refusedBecause);
  };
  return (
    <Form control={control} class="pp-form" submit="Add webhook" onSubmit={() => void add()}>
      <TextField
        label="Address"
        value={url}
        problem={control.problems.url}
        placeholder="https://"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        maxLength={2048}
        onInput={(typed) => {
          setUrl(typed);
          control.clear();
        }}
      />
      <fieldset class="admin-events">
        <legend>It is told when</legend>
        {ALL_EVENTS.map((event) => (
          <label key={event}>
            <input
              type="checkbox"
              checked={events.includes(event)}
              onChange={({ currentTarget: { checked } }) => {
                setEvents((now) =>
                  ALL_EVENTS.filter((one) => (one === event ? checked : now.includes(one))),
                );
                control.clear();
              }}
            />{' '}
            {EVENT_WORDS[event]}
          </label>
        ))}
      </fieldset>
    </Form>
  );
};

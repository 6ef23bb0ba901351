import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { DeliveryResource, WebhookResource } from '../../../../server/protocol/webhooks.ts';
import type { WebhookClient } from '../../../core/WebhookClient.ts';
import { showToast } from '../../parts/toasts.ts';
import { usePoll } from '../../parts/usePoll.ts';
import { whenWords } from '../../parts/when.ts';
import { failureWords } from '../failureWords.ts';
import { ALL_EVENTS, deliveryWords } from './webhookWords.ts';

const LOOK_EVERY_MS = 2_000;

const aboutOf = ({ events, disabledAt }: WebhookResource): string => {
  if (disabledAt !== null) return `Nothing is sent there since ${whenWords(disabledAt)}.`;
  const count = events?.length ?? ALL_EVENTS.length;
  return count === ALL_EVENTS.length ? 'Told of everything' : `Told of ${count} kinds of events`;
};

const Deliveries = ({
  webhook: { id, url },
  client,
}: {
  webhook: WebhookResource;
  client: WebhookClient;
}): JSX.Element => {
  const [items, setItems] = useState<readonly DeliveryResource[] | null>(null);
  const look = useCallback(async () => {
    // What is shown stays while the server cannot be reached.
    const found = await client.deliveries(id).catch(() => null);
    if (found !== null) setItems(found);
  }, [client, id]);
  useEffect(() => void look(), [look]);
  usePoll(() => void look(), LOOK_EVERY_MS);
  if (items === null) return <p class="soft">Looking…</p>;
  if (items.length === 0) return <p class="soft">Nothing was sent yet.</p>;
  return (
    <ul class="admin-deliveries small-print" aria-label={`Deliveries to ${url}`}>
      {items.map((delivery) => (
        <li key={delivery.id}>
          <code>{delivery.type}</code> {whenWords(delivery.createdAt)}: {deliveryWords(delivery)}
        </li>
      ))}
    </ul>
  );
};

export const WebhookRow = ({
  webhook,
  client,
  onDelete,
}: {
  webhook: WebhookResource;
  client: WebhookClient;
  onDelete: () => void;
}): JSX.Element => {
  const { id, url } = webhook;
  const [open, setOpen] = useState(false);
  const test = async () => {
    try {
      await client.test(id);
      setOpen(true);
    } catch (error) {
      showToast(failureWords(error), { kind: 'error' });
    }
  };
  return (
    <li class="admin-webhook">
      <div class="pp-row">
        <span class="pp-words">
          <span class="admin-url">{url}</span>
          <span class="small-print">{aboutOf(webhook)}</span>
        </span>
        <span class="button-row">
          <button
            type="button"
            class="button small"
            aria-label={`Test ${url}`}
            onClick={() => void test()}
          >
            Test
          </button>
          <button
            type="button"
            class="button small"
            aria-expanded={open}
            aria-label={`Deliveries to ${url}`}
            onClick={() => setOpen(!open)}
          >
            Deliveries
          </button>
          <button
            type="button"
            class="button small"
            aria-label={`Delete ${url}`}
            onClick={onDelete}
          >
            Delete
          </button>
        </span>
      </div>
      {open && <Deliveries webhook={webhook} client={client} />}
    </li>
  );
};

import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { WebhookResource } from '../../../../server/protocol/webhooks.ts';
import { WebhookClient } from '../../../core/WebhookClient.ts';
import { copyText } from '../../parts/copyText.ts';
import { Icon } from '../../parts/Icon.tsx';
import { showToast } from '../../parts/toasts.ts';
import { failureWords } from '../failureWords.ts';
import { Part } from '../Part.tsx';
import { watchedFetch } from '../session.ts';
import './admin.css';
import { WebhookForm } from './WebhookForm.tsx';
import { WebhookRow } from './WebhookRow.tsx';

const client = new WebhookClient({ fetch: watchedFetch });

const Secret = ({ secret }: { secret: string }): JSX.Element => (
  <div class="admin-made">
    <input class="input" readOnly aria-label="The secret of the new webhook" value={secret} />
    <button type="button" class="button" onClick={() => void copyText(secret, 'Secret copied.')}>
      <Icon name="copy" />
      Copy
    </button>
    <p class="small-print">
      It is shown only now. Whoever receives checks with it that it comes from here.
    </p>
  </div>
);

/** Other programs that are told what happens here. */
export const WebhooksPart = (): JSX.Element => {
  const [webhooks, setWebhooks] = useState<readonly WebhookResource[]>([]);
  const [made, setMade] = useState<{ readonly id: string; readonly secret: string } | null>(null);
  const look = useCallback(async () => {
    try {
      setWebhooks(await client.list());
    } catch (error) {
      showToast(failureWords(error), { kind: 'error' });
    }
  }, []);
  useEffect(() => void look(), [look]);
  const remove = async ({ id }: WebhookResource) => {
    try {
      await client.remove(id);
      if (made?.id === id) setMade(null);
      showToast('Webhook deleted.');
    } catch (error) {
      showToast(failureWords(error), { kind: 'error' });
    }
    await look();
  };
  return (
    <Part
      title="Webhooks"
      lead="Other programs are told what happens here, at an address of theirs."
    >
      <WebhookForm
        client={client}
        onMade={async ({ id, secret }) => {
          setMade({ id, secret });
          await look();
        }}
      />
      {made !== null && <Secret secret={made.secret} />}
      {webhooks.length > 0 && (
        <ul class="pp-list" aria-label="Webhooks">
          {webhooks.map((webhook) => (
            <WebhookRow
              key={webhook.id}
              webhook={webhook}
              client={client}
              onDelete={() => void remove(webhook)}
            />
          ))}
        </ul>
      )}
    </Part>
  );
};

import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Voicemail } from '../../../../server/protocol/voicemail.ts';
import type { MessageKey, VoicemailClient } from '../../../core/VoicemailClient.ts';
import { Dialog } from '../../parts/Dialog.tsx';
import { ShareLinks, type Shareable } from '../../sharing/ShareLinks.tsx';
import { callerName } from '../inbox/messageWords.ts';

const sharing = (client: VoicemailClient, key: MessageKey): Shareable => ({
  list: () => client.shares(key),
  make: async (wish) => (await client.share(key, wish)).page,
  revoke: (id) => client.revokeShare(key, id),
});

/** For somebody without an account, or without this mailbox. */
export const ShareDialog = ({
  client,
  message,
  onClose,
}: {
  client: VoicemailClient;
  message: Voicemail;
  onClose: () => void;
}): JSX.Element => {
  const { id, mailbox } = message;
  const shareable = useMemo(() => sharing(client, { id, mailbox }), [client, id, mailbox]);
  return (
    <Dialog title={`Share the message of ${callerName(message)}`} onClose={onClose}>
      <p class="soft">
        Whoever has the link can hear and download this message, and nothing else, until it runs
        out, you take it back, or the message is deleted.
      </p>
      <ShareLinks shareable={shareable} />
    </Dialog>
  );
};

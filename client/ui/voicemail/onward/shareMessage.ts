import type { MessageKey, VoicemailClient } from '../../../core/VoicemailClient.ts';
import { copyText } from '../../parts/copyText.ts';
import { showToast } from '../../parts/toasts.ts';
import { failureWords } from '../../people/failureWords.ts';

const COPIED =
  'Link copied. Whoever has it can listen for 7 days, or until you delete the message.';

/** For somebody without an account, or without this mailbox. */
export const shareMessage = async (client: VoicemailClient, message: MessageKey): Promise<void> => {
  try {
    const { page } = await client.share(message);
    await copyText(page, COPIED);
  } catch (error) {
    showToast(failureWords(error), { kind: 'error', topic: 'voicemail' });
  }
};

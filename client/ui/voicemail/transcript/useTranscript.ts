import { useEffect, useState } from 'preact/hooks';
import type { TranscriptResource } from '../../../../server/protocol/voicemail.ts';
import { VoicemailClient, type MessageKey } from '../../../core/VoicemailClient.ts';
import { watchedFetch } from '../../people/session.ts';

const client = new VoicemailClient({ fetch: watchedFetch });

/** Fetched when somebody wants to read it. */
export const useTranscript = (
  { id, mailbox }: MessageKey,
  wanted: boolean,
): TranscriptResource | 'looking' | 'failed' => {
  const [found, setFound] = useState<TranscriptResource | 'looking' | 'failed'>('looking');
  useEffect(() => {
    if (!wanted) return undefined;
    let current = true;
    setFound('looking');
    client.transcript({ id, mailbox }).then(
      (transcript) => current && setFound(transcript),
      () => current && setFound('failed'),
    );
    return () => {
      current = false;
    };
  }, [id, mailbox, wanted]);
  return found;
};

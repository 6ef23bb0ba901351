import { useEffect, useRef, useState } from 'preact/hooks';
import type { Folder, Voicemail, VoicemailPage } from '../../../../server/protocol/voicemail.ts';
import { VoicemailClient } from '../../../core/VoicemailClient.ts';
import { showToast } from '../../parts/toasts.ts';
import { usePoll } from '../../parts/usePoll.ts';
import { failureWords } from '../../people/failureWords.ts';
import { watchedFetch } from '../../people/session.ts';
import { countMessages, waiting } from '../waiting.ts';

const PAGE = 30;
/** Of what the line did not tell. */
const POLL_MS = 30_000;

const client = new VoicemailClient({ fetch: watchedFetch });

interface Found {
  readonly messages: readonly Voicemail[];
  readonly state: 'looking' | 'known' | 'failed';
  readonly cursor: string | null;
}

const NOTHING: Found = { messages: [], state: 'looking', cursor: null };

/** What is asked for again replaces what was known of the same stretch; what lies behind it stays. */
const renewed = (old: Found, { items, nextCursor }: VoicemailPage): Found => {
  const oldest = items.at(-1)?.id ?? '';
  const behind = nextCursor === null ? [] : old.messages.filter(({ id }) => id < oldest);
  const cursor = behind.length > 0 ? old.cursor : nextCursor;
  return { messages: [...items, ...behind], state: 'known', cursor };
};

/** The messages of a folder, the newest first, and what can be done with them. */
export const useMessages = (folder: Folder, q: string) => {
  const [found, setFound] = useState<Found>(NOTHING);
  const asked = useRef(0);
  const ask = async (cursor: string | null, take: (old: Found, page: VoicemailPage) => Found) => {
    const turn = ++asked.current;
    const isCurrent = () => turn === asked.current;
    try {
      const wanted = { folder, q, limit: PAGE, ...(cursor !== null && { cursor }) };
      const page = await client.list(wanted);
      if (isCurrent()) setFound((old) => take(old, page));
    } catch {
      if (isCurrent()) setFound((old) => ({ ...old, state: 'failed' }));
    }
  };
  const look = () => void ask(null, renewed);
  useEffect(() => {
    setFound(NOTHING);
    look();
    return () => {
      asked.current++;
    };
  }, [folder, q]);
  const counts = waiting.value;
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) look();
    isFirst.current = false;
  }, [counts]);
  usePoll(look, POLL_MS);
  const more = () =>
    void ask(found.cursor, (old, { items, nextCursor }) => ({
      messages: [...old.messages, ...items],
      state: 'known',
      cursor: nextCursor,
    }));
  const take = (message: Voicemail) =>
    setFound((old) => ({
      ...old,
      messages: old.messages.flatMap((one) => {
        if (one.id !== message.id) return [one];
        return message.folder === folder ? [message] : [];
      }),
    }));
  const change = async (
    { id }: Voicemail,
    patch: Parameters<VoicemailClient['change']>[1],
  ): Promise<boolean> => {
    try {
      take(await client.change(id, patch));
      countMessages();
      return true;
    } catch (error) {
      showToast(failureWords(error), { kind: 'error', topic: 'voicemail' });
      return false;
    }
  };
  const remove = async ({ id }: Voicemail): Promise<void> => {
    try {
      await client.remove(id);
      setFound((old) => ({ ...old, messages: old.messages.filter((one) => one.id !== id) }));
      countMessages();
    } catch (error) {
      showToast(failureWords(error), { kind: 'error', topic: 'voicemail' });
    }
  };
  return { ...found, look, more, change, remove };
};

export type Messages = ReturnType<typeof useMessages>;

import { useCallback, useEffect, useState } from 'preact/hooks';
import { recordingsClient } from '../client.ts';
import { RestError } from '../../../core/RestError.ts';
import { forgetLink, playingLink } from '../playingLink.ts';
import type { Open } from './OpenRecording.tsx';

type Link =
  { readonly state: 'looking' | 'failed' } | { readonly state: 'open'; readonly secret: string };

/** One that was kept may have been taken back since. */
const workingLink = async (id: Open['recording']['id'], bearer: string): Promise<string> => {
  const secret = await playingLink(id, bearer);
  try {
    await recordingsClient.shared(secret);
    return secret;
  } catch (error) {
    if (!(error instanceof RestError) || (error.status !== 404 && error.status !== 410))
      throw error;
    forgetLink(id);
    return playingLink(id, bearer);
  }
};

/** By which link the page plays and downloads; none is made while there is nothing to play. */
export const usePlayingLink = (
  { recording: { id }, access }: Open,
  wanted: boolean,
): Link & { again: () => void } => {
  const [link, setLink] = useState<Link>({ state: 'looking' });
  const open = useCallback(() => {
    if (!wanted) return;
    if (access.kind === 'guest') {
      setLink({ state: 'open', secret: access.secret });
      return;
    }
    setLink((old) => (old.state === 'open' ? old : { state: 'looking' }));
    workingLink(id, access.bearer).then(
      (secret) => setLink({ state: 'open', secret }),
      () => setLink({ state: 'failed' }),
    );
  }, [id, access, wanted]);
  useEffect(open, [open]);
  return { ...link, again: open };
};

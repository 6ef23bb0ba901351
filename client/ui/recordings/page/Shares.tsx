import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { RecordingResource } from '../../../../server/protocol/recordings.ts';
import { secretOf } from '../../recording/shareLinks.ts';
import { ShareLinks, type Shareable } from '../../sharing/ShareLinks.tsx';
import { guestPage } from '../access.ts';
import { recordingsClient } from '../client.ts';
import { keptLink } from '../playingLink.ts';

const sharing = (id: RecordingResource['id'], bearer: string): Shareable => ({
  list: async () => {
    const all = await recordingsClient.shares(id, bearer);
    // The page's own is not for others.
    const own = keptLink(id)?.id;
    return all.filter((one) => one.id !== own);
  },
  make: async (wish) => {
    const { url } = await recordingsClient.share(id, bearer, wish);
    return guestPage(new URL(url, location.href).origin, id, secretOf(url));
  },
  revoke: (shareId) => recordingsClient.revoke(id, bearer, shareId),
});

export const Shares = ({
  recording: { id },
  bearer,
}: {
  recording: RecordingResource;
  bearer: string;
}): JSX.Element => {
  const shareable = useMemo(() => sharing(id, bearer), [id, bearer]);
  return (
    <section class="rp-part" aria-labelledby="rp-shares">
      <h2 id="rp-shares">Share</h2>
      <p class="soft">
        Whoever has the link can watch and download, without an account, until it runs out or you
        take it back.
      </p>
      <ShareLinks shareable={shareable} />
    </section>
  );
};

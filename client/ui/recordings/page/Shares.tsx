import type { JSX } from 'preact';
import { useCallback, useEffect, useId, useState } from 'preact/hooks';
import type { RecordingResource, ShareResource } from '../../../../server/protocol/recordings.ts';
import { Icon } from '../../parts/Icon.tsx';
import { showToast } from '../../parts/toasts.ts';
import { secretOf } from '../../recording/shareLinks.ts';
import { guestPage } from '../access.ts';
import { recordingsClient } from '../client.ts';
import { copyText } from '../../parts/copyText.ts';
import { keptLink } from '../playingLink.ts';
import { whenWords } from '../../parts/when.ts';

const DAY_S = 86_400;
/** As the server wants it. */
const SHORTEST = 6;
const LASTS = [
  [1, '1 day'],
  [7, '7 days'],
  [30, '30 days'],
] as const;

const isGood = ({ revokedAt, expiresAt }: ShareResource): boolean =>
  revokedAt === null && Date.parse(expiresAt) > Date.now();

/** Links by which others come in; the page's own is not among them. */
const useShares = (id: RecordingResource['id'], bearer: string) => {
  const [shares, setShares] = useState<readonly ShareResource[]>([]);
  const look = useCallback(async () => {
    // The list is a comfort; without it links can still be made.
    const all = await recordingsClient.shares(id, bearer).catch(() => null);
    const own = keptLink(id)?.id;
    if (all !== null) setShares(all.filter((one) => isGood(one) && one.id !== own));
  }, [id, bearer]);
  useEffect(() => void look(), [look]);
  return { shares, look };
};

export const Shares = ({
  recording: { id },
  bearer,
}: {
  recording: RecordingResource;
  bearer: string;
}): JSX.Element => {
  const { shares, look } = useShares(id, bearer);
  const [days, setDays] = useState(7);
  const [password, setPassword] = useState('');
  const [made, setMade] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useId();
  const doing = async (what: () => Promise<unknown>, failure: string) => {
    if (busy) return;
    setBusy(true);
    try {
      await what();
      await look();
    } catch {
      showToast(failure, { kind: 'error' });
    } finally {
      setBusy(false);
    }
  };
  const tooShort = password !== '' && password.length < SHORTEST;
  const make = () =>
    doing(async () => {
      const lock = password === '' ? undefined : password;
      const { url } = await recordingsClient.share(id, bearer, days * DAY_S, lock);
      setPassword('');
      const page = guestPage(new URL(url, location.href).origin, id, secretOf(url));
      setMade(page);
      await copyText(page, 'Link made and copied.');
    }, 'The link could not be made. Please try again.');
  return (
    <section class="rp-part" aria-labelledby="rp-shares">
      <h2 id="rp-shares">Share</h2>
      <p class="soft">
        Whoever has the link can watch and download, without an account, until it runs out or you
        take it back.
      </p>
      <div class="rp-share">
        <div class="field">
          <label for={field}>Good for</label>
          <select
            id={field}
            class="select"
            value={String(days)}
            onChange={(event) => setDays(Number(event.currentTarget.value))}
          >
            {LASTS.map(([n, words]) => (
              <option key={n} value={String(n)}>
                {words}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for={`${field}-password`}>Password, if you like</label>
          <input
            id={`${field}-password`}
            class="input"
            autocomplete="off"
            spellcheck={false}
            maxLength={128}
            aria-invalid={tooShort}
            aria-describedby={`${field}-hint`}
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
        </div>
        <button
          type="button"
          class="button primary"
          aria-busy={busy}
          onClick={() => {
            if (!tooShort) void make();
          }}
        >
          <Icon name="link" />
          Make a link
        </button>
      </div>
      <p class={tooShort ? 'error-text' : 'small-print'} id={`${field}-hint`} role="status">
        {tooShort
          ? `A password has at least ${SHORTEST} characters.`
          : 'With a password, tell it to them by another way than the link.'}
      </p>
      {made !== null && (
        <div class="rp-made">
          <input class="input" readOnly aria-label="The new link" value={made} />
          <button type="button" class="button" onClick={() => void copyText(made, 'Link copied.')}>
            <Icon name="copy" />
            Copy
          </button>
          <p class="small-print">It is shown only now: keep it, or make another one later.</p>
        </div>
      )}
      {shares.length > 0 && (
        <ul class="rp-shares" aria-label="Links that are good now">
          {shares.map((share) => (
            <li key={share.id}>
              <span>
                Made {whenWords(share.createdAt)}, good until {whenWords(share.expiresAt)}
                {share.hasPassword && ', with a password'}
              </span>
              <button
                type="button"
                class="button small"
                aria-label={`Take back the link made ${whenWords(share.createdAt)}`}
                onClick={() => {
                  setMade(null);
                  void doing(
                    () => recordingsClient.revoke(id, bearer, share.id),
                    'The link could not be taken back. Please try again.',
                  );
                }}
              >
                Take back
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

import type { JSX } from 'preact';
import { useCallback, useEffect, useId, useState } from 'preact/hooks';
import type { ShareId } from '../../../server/protocol/ids.ts';
import type { NewShare, ShareResource } from '../../../server/protocol/recordings.ts';
import { copyText } from '../parts/copyText.ts';
import { Icon } from '../parts/Icon.tsx';
import { showToast } from '../parts/toasts.ts';
import { whenWords } from '../parts/when.ts';
import './sharing.css';

/** What others come in to by a link. */
export interface Shareable {
  list: () => Promise<readonly ShareResource[]>;
  /** Resolves to the page that the link opens. */
  make: (wish: NewShare) => Promise<string>;
  revoke: (id: ShareId) => Promise<void>;
}

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

const useShares = (shareable: Shareable) => {
  const [shares, setShares] = useState<readonly ShareResource[]>([]);
  const look = useCallback(async () => {
    // The list is a comfort; without it links can still be made.
    const all = await shareable.list().catch(() => null);
    if (all !== null) setShares(all.filter(isGood));
  }, [shareable]);
  useEffect(() => void look(), [look]);
  return { shares, look };
};

/** Makes links, and takes them back. `shareable`: the same object until another thing is shared. */
export const ShareLinks = ({ shareable }: { shareable: Shareable }): JSX.Element => {
  const { shares, look } = useShares(shareable);
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
      const page = await shareable.make({
        expiresInSeconds: days * DAY_S,
        ...(password !== '' && { password }),
      });
      setPassword('');
      setMade(page);
      await copyText(page, 'Link made and copied.');
    }, 'The link could not be made. Please try again.');
  return (
    <div class="sharing">
      <div class="sharing-wish">
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
        <div class="sharing-made">
          <input class="input" readOnly aria-label="The new link" value={made} />
          <button type="button" class="button" onClick={() => void copyText(made, 'Link copied.')}>
            <Icon name="copy" />
            Copy
          </button>
          <p class="small-print">It is shown only now: keep it, or make another one later.</p>
        </div>
      )}
      {shares.length > 0 && (
        <ul class="sharing-list" aria-label="Links that are good now">
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
                    () => shareable.revoke(share.id),
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
    </div>
  );
};

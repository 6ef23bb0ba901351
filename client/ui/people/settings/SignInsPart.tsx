import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { SignInId } from '../../../../server/protocol/ids.ts';
import type { SignInResource } from '../../../../server/protocol/people.ts';
import { showToast } from '../../parts/toasts.ts';
import { recentWords } from '../../parts/when.ts';
import { failureWords } from '../failureWords.ts';
import { Part } from '../Part.tsx';
import { peopleClient } from '../client.ts';

type List = readonly SignInResource[] | 'loading' | 'failed';

const useSignIns = () => {
  const [list, setList] = useState<List>('loading');
  const [busy, setBusy] = useState(false);
  const look = useCallback(async () => {
    try {
      setList(await peopleClient.signIns('me'));
    } catch {
      setList('failed');
    }
  }, []);
  useEffect(() => void look(), [look]);
  const end = async (ids: readonly SignInId[], done: string) => {
    if (busy) return;
    setBusy(true);
    try {
      for (const id of ids) await peopleClient.endSignIn('me', id);
      showToast(done);
    } catch (error) {
      showToast(failureWords(error), { kind: 'error' });
    } finally {
      await look();
      setBusy(false);
    }
  };
  return { list, look, end };
};

const Row = ({
  signIn: { device, current, createdAt, lastSeenAt },
  onEnd,
}: {
  signIn: SignInResource;
  onEnd: () => void;
}): JSX.Element => (
  <li class="pp-row">
    <span class="pp-words">
      <span class="pp-name">
        {device}
        {current && <span class="soft"> (this one)</span>}
      </span>
      <span class="small-print">
        Last here: {recentWords(lastSeenAt, Date.now())} · signed in:{' '}
        {recentWords(createdAt, Date.now())}
      </span>
    </span>
    {!current && (
      <button
        type="button"
        class="button small"
        aria-label={`Sign out ${device}, last here ${recentWords(lastSeenAt, Date.now())}`}
        onClick={onEnd}
      >
        Sign out
      </button>
    )}
  </li>
);

/** The newest first, after this browser. */
const inOrder = (list: readonly SignInResource[]): readonly SignInResource[] =>
  list.toSorted((a, b) => {
    if (a.current !== b.current) return a.current ? -1 : 1;
    return b.lastSeenAt.localeCompare(a.lastSeenAt);
  });

export const SignInsPart = (): JSX.Element => {
  const { list, look, end } = useSignIns();
  const others = typeof list === 'string' ? [] : list.filter(({ current }) => !current);
  return (
    <Part title="Browsers" lead="Where you are signed in.">
      {list === 'failed' && (
        <p class="error-text">
          The list could not be fetched.{' '}
          <button type="button" class="button small" onClick={() => void look()}>
            Try again
          </button>
        </p>
      )}
      {typeof list !== 'string' && (
        <ul class="pp-list" aria-label="Browsers">
          {inOrder(list).map((signIn) => (
            <Row
              key={signIn.id}
              signIn={signIn}
              onEnd={() => void end([signIn.id], `${signIn.device} is signed out.`)}
            />
          ))}
        </ul>
      )}
      {others.length > 1 && (
        <div class="button-row">
          <button
            type="button"
            class="button"
            onClick={() =>
              void end(
                others.map(({ id }) => id),
                'Everywhere else you are signed out.',
              )
            }
          >
            Sign out everywhere else
          </button>
        </div>
      )}
    </Part>
  );
};

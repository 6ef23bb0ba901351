import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { Page } from '../parts/Page.tsx';

const load = async () => {
  const [{ CallPage }, { startCalls }] = await Promise.all([
    import('./CallPage.tsx'),
    import('./startCalls.ts'),
  ]);
  startCalls();
  return { CallPage };
};

type Code = Awaited<ReturnType<typeof load>>;

/** The page that calls somebody, fetched when it is opened. */
export const LazyCallPage = ({ user }: { user: string }): JSX.Element => {
  const [code, setCode] = useState<Code | 'loading' | 'failed'>('loading');
  const fetchIt = useCallback(() => {
    setCode('loading');
    load().then(
      (there) => setCode(there),
      () => setCode('failed'),
    );
  }, []);
  useEffect(fetchIt, [fetchIt]);
  if (code === 'loading') {
    return (
      <p class="page soft" role="status">
        Opening…
      </p>
    );
  }
  if (code === 'failed') {
    return (
      <Page title={`Call ${user}`}>
        <p class="lead">The server does not answer.</p>
        <div class="button-row">
          <button type="button" class="button primary" onClick={fetchIt}>
            Try again
          </button>
        </div>
      </Page>
    );
  }
  return <code.CallPage user={user} />;
};

import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { Page } from './Page.tsx';

/** A screen whose code is fetched when somebody comes to see it. */
export const LazyScreen = <Code,>({
  title,
  load,
  children,
}: {
  /** Of the page that says that it cannot be fetched. */
  title: string;
  /** The same function at every rendering. */
  load: () => Promise<Code>;
  children: (code: Code) => JSX.Element;
}): JSX.Element => {
  const [code, setCode] = useState<{ readonly there: Code } | 'loading' | 'failed'>('loading');
  const fetchIt = useCallback(() => {
    setCode('loading');
    load().then(
      (there) => setCode({ there }),
      () => setCode('failed'),
    );
  }, [load]);
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
      <Page title={title}>
        <p class="lead">The server does not answer.</p>
        <div class="button-row">
          <button type="button" class="button primary" onClick={fetchIt}>
            Try again
          </button>
        </div>
      </Page>
    );
  }
  return children(code.there);
};

import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { Page } from '../parts/Page.tsx';
import type { Route } from '../route.ts';

const load = async () => {
  const [{ RecordingsPage }, { RecordingPage }] = await Promise.all([
    import('./list/RecordingsPage.tsx'),
    import('./page/RecordingPage.tsx'),
  ]);
  return { RecordingsPage, RecordingPage };
};

type Screens = Awaited<ReturnType<typeof load>>;

/** The screens of recordings, fetched when somebody comes to see one. */
export const LazyRecordings = ({
  at,
}: {
  at: Extract<Route, { name: 'recordings' | 'recording' }>;
}): JSX.Element => {
  const [screens, setScreens] = useState<Screens | 'loading' | 'failed'>('loading');
  const fetchThem = useCallback(() => {
    setScreens('loading');
    load().then(
      (there) => setScreens(there),
      () => setScreens('failed'),
    );
  }, []);
  useEffect(fetchThem, [fetchThem]);
  if (screens === 'loading') {
    return (
      <p class="page soft" role="status">
        Opening…
      </p>
    );
  }
  if (screens === 'failed') {
    return (
      <Page title="Recordings">
        <p class="lead">The server does not answer.</p>
        <div class="button-row">
          <button type="button" class="button primary" onClick={fetchThem}>
            Try again
          </button>
        </div>
      </Page>
    );
  }
  return at.name === 'recordings' ? (
    <screens.RecordingsPage />
  ) : (
    <screens.RecordingPage key={at.id} id={at.id} />
  );
};

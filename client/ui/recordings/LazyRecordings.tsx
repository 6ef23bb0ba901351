import type { JSX } from 'preact';
import { LazyScreen } from '../parts/LazyScreen.tsx';
import type { Route } from '../route.ts';

const load = async () => {
  const [{ RecordingsPage }, { RecordingPage }] = await Promise.all([
    import('./list/RecordingsPage.tsx'),
    import('./page/RecordingPage.tsx'),
  ]);
  return { RecordingsPage, RecordingPage };
};

/** The screens of recordings. */
export const LazyRecordings = ({
  at,
}: {
  at: Extract<Route, { name: 'recordings' | 'recording' }>;
}): JSX.Element => (
  <LazyScreen title="Recordings" load={load}>
    {({ RecordingsPage, RecordingPage }) =>
      at.name === 'recordings' ? <RecordingsPage /> : <RecordingPage key={at.id} id={at.id} />
    }
  </LazyScreen>
);

import type { JSX } from 'preact';
import { LazyScreen } from '../parts/LazyScreen.tsx';

const load = async () => {
  const [{ CallPage }, { startCalls }] = await Promise.all([
    import('./CallPage.tsx'),
    import('./startCalls.ts'),
  ]);
  startCalls();
  return { CallPage };
};

/** The page that calls somebody. */
export const LazyCallPage = ({ user }: { user: string }): JSX.Element => (
  <LazyScreen title={`Call ${user}`} load={load}>
    {({ CallPage }) => <CallPage user={user} />}
  </LazyScreen>
);

import type { JSX } from 'preact';
import { Home } from './home/Home.tsx';
import { NotFound } from './notfound/NotFound.tsx';
import { assertNever } from './parts/assertNever.ts';
import { PageToasts } from './parts/Toasts.tsx';
import { LazyPeople } from './people/LazyPeople.tsx';
import { LazyRecordings } from './recordings/LazyRecordings.tsx';
import { RoomPage } from './room/RoomPage.tsx';
import { route, type Route } from './route.ts';

const Screen = ({ at }: { at: Route }): JSX.Element => {
  switch (at.name) {
    case 'home':
      return <Home />;
    case 'room':
      return <RoomPage key={at.room} room={at.room} />;
    case 'recordings':
    case 'recording':
      return <LazyRecordings at={at} />;
    case 'signIn':
    case 'invitation':
    case 'calls':
    case 'settings':
    case 'admin':
      return <LazyPeople at={at} />;
    case 'notFound':
      return <NotFound />;
    default:
      return assertNever(at);
  }
};

export const App = (): JSX.Element => (
  <>
    <Screen at={route.get()} />
    <PageToasts />
  </>
);

import type { JSX } from 'preact';
import { CallsHost } from './calls/CallsHost.tsx';
import { LazyCallPage } from './calls/LazyCallPage.tsx';
import { callScreen } from './calls/slots.ts';
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
    case 'call':
      return <LazyCallPage key={at.user} user={at.user} />;
    case 'recordings':
    case 'recording':
      return <LazyRecordings at={at} />;
    case 'signIn':
    case 'invitation':
    case 'calls':
    case 'voicemail':
    case 'settings':
    case 'admin':
      return <LazyPeople at={at} />;
    case 'notFound':
      return <NotFound />;
    default:
      return assertNever(at);
  }
};

export const App = (): JSX.Element => {
  const InFront = callScreen.value;
  return (
    <>
      <CallsHost />
      {InFront === null ? <Screen at={route.get()} /> : <InFront />}
      <PageToasts />
    </>
  );
};

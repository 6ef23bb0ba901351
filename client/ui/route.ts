import { signal } from '@preact/signals';
import type { RecordingId } from '../../server/protocol/ids.ts';

export type Route =
  | { name: 'home' }
  | { name: 'room'; room: string }
  | { name: 'call'; user: string }
  | { name: 'recordings' }
  | { name: 'recording'; id: RecordingId }
  | { name: 'signIn' }
  | { name: 'invitation' }
  | { name: 'calls' }
  | { name: 'voicemail' }
  | { name: 'settings' }
  | { name: 'admin' }
  | { name: 'notFound' };

/** Pages of one address each. */
const PLACES: Readonly<Record<string, Route>> = {
  '/': { name: 'home' },
  '/recordings': { name: 'recordings' },
  '/signin': { name: 'signIn' },
  '/invitation': { name: 'invitation' },
  '/calls': { name: 'calls' },
  '/voicemail': { name: 'voicemail' },
  '/settings': { name: 'settings' },
  '/admin': { name: 'admin' },
};

const isRecordingId = (id: string): id is RecordingId => /^rec_[0-9a-f-]{36}$/.test(id);

export const parseRoute = (pathname: string): Route => {
  const place = PLACES[pathname === '/' ? pathname : pathname.replace(/\/$/, '')];
  if (place !== undefined) return place;
  const id = /^\/recordings\/([^/]+)\/?$/.exec(pathname)?.[1];
  if (id !== undefined && isRecordingId(id)) return { name: 'recording', id };
  const user = /^\/call\/([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\/?$/.exec(pathname)?.[1];
  if (user !== undefined) return { name: 'call', user };
  const room = /^\/r\/([^/]+)\/?$/.exec(pathname)?.[1];
  if (room === undefined) return { name: 'notFound' };
  try {
    return { name: 'room', room: decodeURIComponent(room) };
  } catch {
    return { name: 'notFound' };
  }
};

export const roomPath = (room: string): string => `/r/${encodeURIComponent(room)}`;

export const RECORDINGS_PATH = '/recordings';

export const recordingPath = (id: RecordingId): string => `${RECORDINGS_PATH}/${id}`;

export const CALLS_PATH = '/calls';

export const VOICEMAIL_PATH = '/voicemail';

export const SETTINGS_PATH = '/settings';

export const ADMIN_PATH = '/admin';

/** The page on which one calls somebody. */
export const callPath = (userName: string): string => `/call/${encodeURIComponent(userName)}`;

const current = signal<Route>({ name: 'home' });

export const route = { get: () => current.value };

export const navigate = (path: string): void => {
  history.pushState(null, '', path);
  current.value = parseRoute(location.pathname);
  scrollTo(0, 0);
};

const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

const followLink = (event: MouseEvent): void => {
  if (event.defaultPrevented || !isPlainClick(event) || !(event.target instanceof Element)) return;
  const link = event.target.closest('a');
  if (link === null || link.origin !== location.origin || link.target !== '') return;
  if (parseRoute(link.pathname).name === 'notFound') return;
  event.preventDefault();
  navigate(link.pathname + link.search + link.hash);
};

/** Links inside the application change the screen without loading the page anew. */
export const startRouting = (): void => {
  current.value = parseRoute(location.pathname);
  addEventListener('popstate', () => {
    current.value = parseRoute(location.pathname);
  });
  document.addEventListener('click', followLink);
};

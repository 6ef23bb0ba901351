import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { RoomClient } from '../../core/RoomClient.ts';
import type { CallStore } from '../../core/store.ts';
import type { LocalMedia } from '../media/LocalMedia.ts';
import { CallSession } from './CallSession.ts';
import { CallView } from './CallView.tsx';

export interface CallScreenProps {
  client: RoomClient;
  store: CallStore;
  media: LocalMedia;
}

/** A conference, from the first look to the last. */
export const CallScreen = ({ client, store, media }: CallScreenProps): JSX.Element => {
  const call = useMemo(() => new CallSession({ client, store, media }), [client, store, media]);
  useEffect(() => () => call.close(), [call]);
  return <CallView call={call} />;
};

import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { keepOwnerSecret, ownerSecretOf } from '../../core/ownerSecrets.ts';
import { createCallStore, type CallStore, type Phase } from '../../core/store.ts';
import type { RoomClient } from '../../core/RoomClient.ts';
import { AfterCall } from '../after/AfterCall.tsx';
import { LocalMedia } from '../media/LocalMedia.ts';
import { PreJoin } from '../prejoin/PreJoin.tsx';
import { loadCall, preloadCall, type CallCode } from './loadCall.ts';

interface Attempt {
  readonly client: RoomClient;
  readonly store: CallStore;
  readonly CallScreen: CallCode['CallScreen'];
}

type Ended = Extract<Phase, { name: 'ended' }>;

const useLocalMedia = (active: boolean): LocalMedia => {
  const media = useMemo(() => new LocalMedia(), []);
  useEffect(() => {
    if (active) media.start();
    else media.close();
  }, [active, media]);
  useEffect(() => () => media.close(), [media]);
  return media;
};

/** A room as one visitor lives through it: before, during and after the call. */
export const RoomPage = ({ room }: { room: string }): JSX.Element => {
  const [name, setName] = useState<string | null>(null);
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const [phase, setPhase] = useState<Phase['name'] | null>(null);
  const [ended, setEnded] = useState<Ended | null>(null);
  const media = useLocalMedia(ended === null);
  useEffect(preloadCall, []);

  const enter = async (as: string) => {
    setName(as);
    media.settle();
    setPhase('joining');
    try {
      const { CallScreen, RoomClient } = await loadCall();
      const store = createCallStore();
      const ownerSecret = ownerSecretOf(room);
      const client = new RoomClient({
        store,
        room,
        name: as,
        ...(ownerSecret !== undefined && { ownerSecret }),
        onOwnerSecret: (secret, state) => keepOwnerSecret(state.name, secret),
      });
      // At once, not after the next paint: every round trip counts towards the first picture.
      void client.join();
      setAttempt({ client, store, CallScreen });
    } catch {
      setEnded({ name: 'ended', reason: 'unreachable' });
    }
  };

  useEffect(() => {
    if (attempt === null) return undefined;
    const { client, store } = attempt;
    const unsubscribe = store.phase.subscribe((now) => {
      setPhase(now.name);
      if (now.name === 'ended') setEnded(now);
    });
    return () => {
      unsubscribe();
      void client.leave();
    };
  }, [attempt]);

  if (ended !== null) {
    return (
      <AfterCall
        room={room}
        ended={ended}
        onRejoin={() => {
          setEnded(null);
          setAttempt(null);
          setPhase(null);
          if (name !== null) void enter(name);
        }}
      />
    );
  }
  if (attempt !== null && (phase === 'joined' || phase === 'reconnecting')) {
    const { CallScreen, client, store } = attempt;
    return <CallScreen client={client} store={store} media={media} />;
  }
  return (
    <PreJoin
      room={room}
      media={media}
      joining={name !== null && phase === 'joining'}
      onJoin={(as) => {
        if (phase === null) void enter(as);
      }}
    />
  );
};

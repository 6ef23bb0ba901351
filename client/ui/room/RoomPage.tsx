import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { keepOwnerSecret, ownerSecretOf } from '../../core/ownerSecrets.ts';
import { createCallStore, type CallStore, type Phase } from '../../core/store.ts';
import type { RoomClient } from '../../core/RoomClient.ts';
import { AfterCall } from '../after/AfterCall.tsx';
import { LocalMedia } from '../media/LocalMedia.ts';
import { PreJoin } from '../prejoin/PreJoin.tsx';
import { SeenRecordings, type SeenRecording } from '../recording/SeenRecordings.ts';
import { loadCall, preloadCall, type CallCode } from './loadCall.ts';
import { presentRoom } from './presentRoom.ts';

interface Attempt {
  readonly client: RoomClient;
  readonly store: CallStore;
  readonly code: CallCode;
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
  const [seen, setSeen] = useState<readonly SeenRecording[]>([]);
  const media = useLocalMedia(ended === null);
  useEffect(preloadCall, []);

  const enter = async (as: string, recordingConsent: boolean | null) => {
    setName(as);
    media.settle();
    setPhase('joining');
    try {
      const code = await loadCall();
      const store = createCallStore();
      const ownerSecret = ownerSecretOf(room);
      const client = new code.RoomClient({
        store,
        room,
        name: as,
        ...(ownerSecret !== undefined && { ownerSecret }),
        ...(recordingConsent !== null && { recordingConsent }),
        onOwnerSecret: (secret, state) => keepOwnerSecret(state.name, secret),
      });
      // At once, not after the next paint: every round trip counts towards the first picture.
      void client.join();
      setAttempt({ client, store, code });
    } catch {
      setEnded({ name: 'ended', reason: 'unreachable' });
    }
  };

  const isInside = ended === null && (phase === 'joined' || phase === 'reconnecting');
  useEffect(() => {
    if (!isInside) return undefined;
    presentRoom.value = room;
    return () => {
      presentRoom.value = null;
    };
  }, [isInside, room]);

  useEffect(() => {
    if (attempt === null) return undefined;
    const { client, store } = attempt;
    const recordings = new SeenRecordings();
    const unsubscribes = [
      store.recording.subscribe((now) => {
        if (now !== null) recordings.note(now, store.self.peek()?.id ?? '');
      }),
      store.phase.subscribe((now) => {
        setPhase(now.name);
        if (now.name !== 'ended') return;
        setSeen(recordings.list);
        setEnded(now);
      }),
    ];
    return () => {
      for (const unsubscribe of unsubscribes) unsubscribe();
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
          // Whether one may be recorded was answered for the call before.
          if (name !== null) void enter(name, null);
        }}
      >
        {attempt !== null && seen.length > 0 && (
          <attempt.code.Recorded room={room} seen={seen} bearer={ownerSecretOf(room)} />
        )}
      </AfterCall>
    );
  }
  if (attempt !== null && isInside) {
    const { code, client, store } = attempt;
    return <code.CallScreen client={client} store={store} media={media} />;
  }
  return (
    <PreJoin
      room={room}
      media={media}
      joining={name !== null && phase === 'joining'}
      onJoin={(as, consent) => {
        if (phase === null) void enter(as, consent);
      }}
    />
  );
};

import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { centre } from '../../calls/centre.ts';
import { nameOf } from '../../calls/callWords.ts';
import { endOfCall } from '../../calls/endOfCall.ts';
import { AudioSink } from '../../call/AudioSinks.tsx';
import { DeviceProblems } from '../../media/DeviceProblems.tsx';
import { useLevel } from '../../media/useLevel.ts';
import { Icon } from '../../parts/Icon.tsx';
import { Page } from '../../parts/Page.tsx';
import { useKeepFocus } from '../../parts/useKeepFocus.ts';
import { stageWords } from './leaveWords.ts';
import { MessageButtons } from './MessageButtons.tsx';
import { MessageCamera } from './MessageCamera.tsx';
import type { MessageLeaving } from './MessageLeaving.ts';
import { RecordedMessage } from './RecordedMessage.tsx';
import { SpokenTime } from './SpokenTime.tsx';
import './leave.css';

/** The greeting and the beep. */
const Voices = ({ leaving }: { leaving: MessageLeaving }): JSX.Element => {
  const { room, audio } = leaving;
  const selfId = room.self.value?.id;
  const received = room.media.value;
  return (
    <div hidden>
      {room.participants.value
        .filter(({ id }) => id !== selfId)
        .flatMap(({ tracks }) => tracks)
        .map(({ id, kind }) => {
          const track = kind === 'audio' ? received.get(id) : undefined;
          return track && <AudioSink key={id} track={track} audio={audio} media={centre.media} />;
        })}
    </div>
  );
};

const Level = (): JSX.Element => {
  const { microphone } = centre.media;
  const level = useLevel(microphone.isOn.value ? microphone.track.value : null);
  return (
    <span class="meter message-meter" aria-hidden="true">
      <span class="meter-fill" style={{ '--level': level.value.toFixed(2) }} />
    </span>
  );
};

const titleOf = ({ call, chosen, isReply, stage }: MessageLeaving): string => {
  const now = centre.store.calls.value.get(call.id) ?? call;
  if (stage.value === 'saved') return 'Your message is saved';
  if (isReply) return `A reply to ${nameOf(call)}`;
  if (chosen) return `A message for ${nameOf(now)}`;
  return endOfCall({ call: now, byMe: false, room: null, talked: 0 }).title;
};

/** A message instead of a call: the greeting, the beep, what is said, and what becomes of it. */
export const MessageScreen = ({ leaving }: { leaving: MessageLeaving }): JSX.Element => {
  const heading = useRef<HTMLParagraphElement>(null);
  const stage = leaving.stage.value;
  const draft = leaving.draft.value;
  const isRecorded = stage === 'recorded' && draft !== null;
  useKeepFocus();
  useEffect(() => {
    // Whatever had the focus while it rang is gone.
    heading.current?.closest('main')?.querySelector('h1')?.focus();
  }, []);
  const speaks = stage === 'greeting' || stage === 'recording';
  return (
    <Page title={titleOf(leaving)} nav={false}>
      <p class="lead" role="status" ref={heading}>
        {stageWords(stage, draft ?? undefined, nameOf(leaving.call))}
      </p>
      <Voices leaving={leaving} />
      {speaks && (
        <div class="message-voice" data-on={stage === 'recording'}>
          <Icon name="microphone" />
          <Level />
          {stage === 'recording' && draft !== null && (
            <SpokenTime since={leaving.recordingSince.value ?? Date.now()} maxMs={draft.maxMs} />
          )}
        </div>
      )}
      {speaks && draft?.video === true && <MessageCamera />}
      {speaks && <DeviceProblems media={centre.media} />}
      {leaving.audio.blocked.value && speaks && (
        <div class="button-row">
          <button type="button" class="button" onClick={() => leaving.audio.unblock()}>
            <Icon name="speaker" />
            Play the greeting
          </button>
        </div>
      )}
      {isRecorded ? (
        <RecordedMessage leaving={leaving} draft={draft} />
      ) : (
        <MessageButtons leaving={leaving} stage={stage} />
      )}
    </Page>
  );
};

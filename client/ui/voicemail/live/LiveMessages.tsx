import { computed } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { MessageBeingLeft } from '../../../../server/protocol/voicemail.ts';
import { loudness } from '../../call/level.ts';
import { centre } from '../../calls/centre.ts';
import { preloadInCall } from '../../calls/loadInCall.ts';
import { Icon } from '../../parts/Icon.tsx';
import { presentRoom } from '../../room/presentRoom.ts';
import { SpokenTime } from '../leave/SpokenTime.tsx';
import { desk } from './desk.ts';
import { ListeningSound, ListeningView } from './ListeningView.tsx';
import { announcement, isBeingLeft, leavingWords, stateWords } from './liveWords.ts';
import './live.css';

/** What picking up would put an end to. */
const Consequence = (): JSX.Element | null => {
  const front = centre.front.value;
  const room = presentRoom.value;
  if (front !== null) {
    return <p class="small-print">If you pick up, {front.title.value} is put on hold.</p>;
  }
  if (room !== null) return <p class="small-print">If you pick up, you leave the room {room}.</p>;
  return null;
};

/** That somebody speaks can be seen without listening. */
const Level = ({ messageId }: Pick<MessageBeingLeft, 'messageId'>): JSX.Element => {
  const level = loudness(centre.store.messageLevels.value.get(messageId));
  return (
    <span class="meter live-meter" aria-hidden="true">
      <span class="meter-fill" style={{ '--level': String(level) }} />
    </span>
  );
};

const LiveMessage = ({ message }: { message: MessageBeingLeft }): JSX.Element => {
  const { messageId, from, state, recordingSince } = message;
  const listening = desk.listening.value;
  const isHeard = listening?.messageId === messageId;
  return (
    <section class="live-message" aria-label={leavingWords(message)}>
      <div class="live-words">
        <p>
          <strong>{from.displayName}</strong> is leaving a message
        </p>
        <p class="small-print">{stateWords(state)}</p>
        <Consequence />
      </div>
      {state === 'recording' && recordingSince !== null && (
        <SpokenTime since={Date.parse(recordingSince)} maxMs={null} />
      )}
      <Level messageId={messageId} />
      {isHeard && <ListeningView listening={listening} name={from.displayName} />}
      <div class="live-buttons">
        <button
          type="button"
          class="button small"
          onClick={() => (isHeard ? desk.stop() : void desk.listen(messageId))}
        >
          <Icon name={isHeard ? 'muted' : 'speaker'} />
          {isHeard ? 'Stop listening' : 'Listen'}
        </button>
        <button
          type="button"
          class="button small primary"
          aria-busy={centre.busy.value}
          onClick={() => void desk.pickUp(messageId)}
        >
          <Icon name="phone" />
          Pick up
        </button>
      </div>
    </section>
  );
};

const beingLeft = computed(() =>
  [...centre.store.messagesBeingLeft.value.values()].filter(isBeingLeft),
);

/** For who does not see it. */
export const liveNews = (): string => announcement(beingLeft.value);

/** Who is leaving one a message now: quietly, beside whatever one does. */
export const LiveMessages = (): JSX.Element => {
  const listening = desk.listening.value;
  const messages = beingLeft.value;
  // Whoever picks up is heard the sooner.
  useEffect(preloadInCall, []);
  const isInCall = centre.front.value !== null || presentRoom.value !== null;
  return (
    <>
      {messages.length > 0 && (
        <div class="live-messages" data-in-call={isInCall}>
          {messages.map((message) => (
            <LiveMessage key={message.messageId} message={message} />
          ))}
        </div>
      )}
      {listening && <ListeningSound listening={listening} />}
    </>
  );
};

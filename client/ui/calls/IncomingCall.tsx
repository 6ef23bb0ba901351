import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { CallState } from '../../../server/protocol/calls.ts';
import { Avatar } from '../parts/Avatar.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Toasts } from '../parts/Toasts.tsx';
import { openDialogs } from '../parts/toasts.ts';
import { presentRoom } from '../room/presentRoom.ts';
import { callerWords, nameOf } from './callWords.ts';
import { centre } from './centre.ts';

const Answers = ({ call }: { call: CallState }): JSX.Element => {
  const front = centre.front.value;
  const accept = (video: boolean, others: 'held' | 'ended') =>
    void centre.answer(call, { video, others });
  if (front !== null) {
    return (
      <>
        <button type="button" class="button" onClick={() => accept(false, 'ended')}>
          End and accept
        </button>
        <button type="button" class="button primary" onClick={() => accept(false, 'held')}>
          <Icon name="phone" />
          Hold and accept
        </button>
      </>
    );
  }
  return (
    <>
      <button type="button" class="button primary" onClick={() => accept(false, 'held')}>
        <Icon name="phone" />
        Accept
      </button>
      {call.video && (
        <button type="button" class="button" onClick={() => accept(true, 'held')}>
          <Icon name="camera" />
          Accept with video
        </button>
      )}
    </>
  );
};

/** What answering would put an end to. */
const Consequence = (): JSX.Element | null => {
  const room = presentRoom.value;
  const front = centre.front.value;
  if (front !== null) return <p>You are in a call with {front.title.value}.</p>;
  if (room !== null) return <p>If you accept, you leave the room {room}.</p>;
  return null;
};

/** Who talks is not torn away; but what lies under an open dialog could not be pressed. */
const comesFirst = (): boolean =>
  (presentRoom.peek() === null && centre.front.peek() === null) || openDialogs.peek() > 0;

/**
 * Somebody calls. Who is talking already can go on doing so, and finds it before everything else on
 * the page; for anybody else it comes first.
 */
export const IncomingCall = ({ call }: { call: CallState }): JSX.Element => {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [isModal] = useState(comesFirst);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    const giveBack = () => before instanceof HTMLElement && before.focus();
    if (isModal) {
      dialog?.showModal();
      openDialogs.value++;
    } else {
      dialog?.show();
      giveBack();
    }
    return () => {
      if (isModal) openDialogs.value--;
      const hadFocus = dialog?.contains(document.activeElement) === true;
      dialog?.close();
      if (isModal || hadFocus) giveBack();
    };
  }, [isModal]);
  const words = call.video ? 'with video' : null;
  const via = call.via === null ? null : `via ${call.via}`;
  return (
    <dialog
      ref={ref}
      class="dialog incoming"
      aria-labelledby={id}
      aria-describedby={`${id}-more`}
      onCancel={(event) => {
        event.preventDefault();
        centre.ringer.silence();
      }}
    >
      <Avatar id={nameOf(call)} name={nameOf(call)} />
      <div class="incoming-words">
        <h2 id={id} tabIndex={-1} autofocus>
          {callerWords(call)}
        </h2>
        <div id={`${id}-more`} class="soft">
          <p>{[words, via].filter((part) => part !== null).join(', ')}</p>
          <Consequence />
        </div>
      </div>
      <div class="incoming-answers">
        <button type="button" class="button danger" onClick={() => void centre.decline(call)}>
          <Icon name="hangUp" />
          Decline
        </button>
        <Answers call={call} />
      </div>
      {isModal ? (
        <Toasts />
      ) : (
        <p class="vh" role="alert">
          {callerWords(call)}
        </p>
      )}
    </dialog>
  );
};

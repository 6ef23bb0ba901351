import type { EndReason } from '../../core/store.ts';
import { assertNever } from '../parts/assertNever.ts';

interface EndWords {
  readonly title: string;
  readonly words: string;
  /** On the button that goes back to the room. */
  readonly again: string;
}

const REJOIN = 'Rejoin';
const TRY_AGAIN = 'Try again';

const EXPIRED: EndWords = {
  title: 'Your invitation has run out',
  words: 'Ask whoever invited you for a new link.',
  again: TRY_AGAIN,
};

const NO_SUCH_ROOM: EndWords = {
  title: 'There is no such room',
  words: 'The link may be incomplete, or the room has ended.',
  again: TRY_AGAIN,
};

/** By error code, or by the close code of the socket. */
const REFUSALS: ReadonlyMap<string, EndWords> = new Map([
  [
    'room_locked',
    {
      title: 'The room is locked',
      words: 'Somebody inside has to unlock it before anybody new can come in. Ask them first.',
      again: TRY_AGAIN,
    },
  ],
  [
    'room_full',
    {
      title: 'The room is full',
      words: 'There is no place left. Try again when somebody has gone.',
      again: TRY_AGAIN,
    },
  ],
  [
    'forbidden',
    {
      title: 'You may not come in',
      words: 'This room is for invited people only. Ask your host for an invitation.',
      again: TRY_AGAIN,
    },
  ],
  ['unauthorized', EXPIRED],
  ['4401', EXPIRED],
  ['not_found', NO_SUCH_ROOM],
  ['bad_request', NO_SUCH_ROOM],
]);

const REFUSED: EndWords = {
  title: 'The server said no',
  words: 'It did not take the call. A moment later it may.',
  again: TRY_AGAIN,
};

/** What happened, in words. */
export const endWords = (reason: EndReason, detail?: string): EndWords => {
  switch (reason) {
    case 'left':
      return {
        title: 'You left the call',
        words: 'Your camera and microphone are off.',
        again: REJOIN,
      };
    case 'removed':
      return {
        title: 'You were removed from the call',
        words: 'Somebody who looks after the room sent you out, or ended it for everybody.',
        again: REJOIN,
      };
    case 'replaced':
      return {
        title: 'The call goes on in another tab',
        words: 'You opened it there, so this one has stopped. Rejoin here to bring it back.',
        again: REJOIN,
      };
    case 'unreachable':
      return {
        title: 'The server could not be reached',
        words: 'Check your connection. Everything you chose is still here when you try again.',
        again: REJOIN,
      };
    case 'unsupported':
      return {
        title: 'This browser cannot take part',
        words: 'It lacks what calls are made of. A current Chrome, Edge, Firefox or Safari has it.',
        again: TRY_AGAIN,
      };
    case 'refused':
      return REFUSALS.get(detail ?? '') ?? REFUSED;
    default:
      return assertNever(reason);
  }
};

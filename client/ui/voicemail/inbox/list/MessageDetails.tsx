import type { JSX } from 'preact';
import type { Voicemail } from '../../../../../server/protocol/voicemail.ts';
import type { MessagePlayer } from '../player/MessagePlayer.ts';
import { PlayerView } from '../player/PlayerView.tsx';
import { soundOf } from './files.ts';

/** An open message: its player, and below it, part by part, all else that there is of it. */
export const MessageDetails = ({
  id,
  message,
  player,
}: {
  id: string;
  message: Voicemail;
  player: MessagePlayer;
}): JSX.Element => {
  const url = soundOf(message);
  return (
    <div class="message-details" id={id}>
      {url === null ? (
        <p class="soft">There is no sound of it that could be played.</p>
      ) : (
        <PlayerView message={message} url={url} player={player} />
      )}
    </div>
  );
};

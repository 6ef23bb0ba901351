import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Voicemail } from '../../../../../server/protocol/voicemail.ts';
import { Switch } from '../../../parts/Switch.tsx';
import { clockWords } from '../../leave/leaveWords.ts';
import { inline } from '../inline.ts';
import { MessageVideo, videosOf } from '../MessageVideo.tsx';
import type { MessagePlayer } from './MessagePlayer.ts';
import { SeekWave } from './SeekWave.tsx';
import { setSkipsSilence, setSpeed, skipsSilence, speed, SPEEDS } from './playing.ts';
import { useWaveform } from './useWaveform.ts';
import './player.css';

const Time = ({ player }: { player: MessagePlayer }): JSX.Element => (
  <span class="mp-time">
    {clockWords(player.positionMs.value)} / {clockWords(player.durationMs)}
  </span>
);

const Speed = (): JSX.Element => (
  <label class="mp-speed">
    <span class="vh">Speed</span>
    <select
      class="select"
      value={String(speed.value)}
      onChange={(event) => setSpeed(Number(event.currentTarget.value))}
    >
      {SPEEDS.map((one) => (
        <option key={one} value={String(one)}>
          {one}×
        </option>
      ))}
    </select>
  </label>
);

const Sound = ({ url, player }: { url: string; player: MessagePlayer }): JSX.Element => {
  const ref = useRef<HTMLAudioElement>(null);
  // Another address of the same sound, in the middle of it, would stop it.
  const [src] = useState(() => inline(url));
  useEffect(() => (ref.current === null ? undefined : player.attach(ref.current)), [player]);
  return <audio ref={ref} src={src} preload="none" hidden />;
};

/**
 * Who speaks, if they are seen, and the shape of what is heard. Nothing of either is fetched before it
 * is to be played.
 */
export const PlayerView = ({
  message,
  url,
  player,
}: {
  message: Voicemail;
  /** Of its sound alone. */
  url: string;
  player: MessagePlayer;
}): JSX.Element => {
  const path = useWaveform(message, player);
  // What becomes ready while it is played does not begin it anew.
  const [isSeen] = useState(() => videosOf(message).length > 0);
  return (
    <div class="mp" role="group" aria-label="Player">
      {isSeen ? (
        <MessageVideo message={message} player={player} />
      ) : (
        <Sound url={url} player={player} />
      )}
      <SeekWave player={player} path={path} />
      <div class="mp-row">
        <Time player={player} />
        <span class="mp-how">
          <Switch label="Skip silence" on={skipsSilence.value} onChange={setSkipsSilence} />
          <Speed />
        </span>
      </div>
      {player.failed.value && (
        <p class="error-text" role="alert">
          It cannot be played here. Try again in a moment, or download it.
        </p>
      )}
    </div>
  );
};

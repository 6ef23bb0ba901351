import type { JSX } from 'preact';
import { Icon, type IconName } from '../../parts/Icon.tsx';
import { durationClock } from '../../recording/words.ts';
import { SPEEDS } from './playerKeys.ts';
import type { PlayerModel } from './PlayerModel.ts';
import { SeekBar } from './SeekBar.tsx';

const Button = ({
  label,
  icon,
  onPress,
}: {
  label: string;
  icon: IconName;
  onPress: () => void;
}): JSX.Element => (
  <button
    type="button"
    class="rp-button"
    aria-label={label}
    title={label}
    onClick={() => onPress()}
  >
    <Icon name={icon} />
  </button>
);

const Time = ({ model }: { model: PlayerModel }): JSX.Element => (
  <span class="rp-time">
    {durationClock(model.positionMs.value)} / {durationClock(model.durationMs.value)}
  </span>
);

const Speed = ({ model }: { model: PlayerModel }): JSX.Element => (
  <select
    class="rp-speed"
    aria-label="Speed"
    value={String(model.speed.value)}
    onChange={(event) => model.setSpeed(Number(event.currentTarget.value))}
  >
    {SPEEDS.map((speed) => (
      <option key={speed} value={String(speed)}>
        {speed}×
      </option>
    ))}
  </select>
);

export const Controls = ({
  model,
  previewUrl,
  onFullScreen,
  onHelp,
}: {
  model: PlayerModel;
  /** What little pictures can be made of; null: nothing. */
  previewUrl: string | null;
  onFullScreen: () => void;
  onHelp: () => void;
}): JSX.Element => {
  const playing = model.playing.value;
  const muted = model.muted.value;
  return (
    <div class="rp-controls" role="group" aria-label="Player controls">
      <SeekBar model={model} previewUrl={previewUrl} />
      <div class="rp-buttons">
        <Button
          label={playing ? 'Pause' : 'Play'}
          icon={playing ? 'pause' : 'play'}
          onPress={() => model.toggle()}
        />
        <Button label="Back 10 seconds" icon="back" onPress={() => model.by(-10_000)} />
        <Button label="Forward 10 seconds" icon="forward" onPress={() => model.by(10_000)} />
        <Time model={model} />
        <span class="rp-space" />
        <Speed model={model} />
        <Button
          label={muted ? 'Unmute' : 'Mute'}
          icon={muted ? 'muted' : 'speaker'}
          onPress={() => model.toggleMute()}
        />
        <Button label="Keyboard shortcuts" icon="help" onPress={onHelp} />
        <Button label="Full screen" icon="fullScreen" onPress={onFullScreen} />
      </div>
    </div>
  );
};

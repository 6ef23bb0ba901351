import type { JSX } from 'preact';
import { clockWords } from '../../leave/leaveWords.ts';
import type { MessagePlayer } from './MessagePlayer.ts';

const STEP_MS = 5_000;

const STEPS: ReadonlyMap<string, number> = new Map([
  ['ArrowLeft', -STEP_MS],
  ['ArrowDown', -STEP_MS],
  ['ArrowRight', STEP_MS],
  ['ArrowUp', STEP_MS],
]);

/** The waveform, and over it a slider that is felt and not seen. */
export const SeekWave = ({
  player,
  path,
}: {
  player: MessagePlayer;
  path: string | null;
}): JSX.Element => {
  const { durationMs } = player;
  const positionMs = Math.min(player.positionMs.value, durationMs);
  return (
    <div class="mp-wave" style={{ '--played': `${(positionMs / durationMs) * 100}%` }}>
      {path === null ? (
        <span class="mp-line" aria-hidden="true" />
      ) : (
        <>
          <svg viewBox="0 0 1000 2" preserveAspectRatio="none" aria-hidden="true">
            <path d={path} />
          </svg>
          <svg class="mp-played" viewBox="0 0 1000 2" preserveAspectRatio="none" aria-hidden="true">
            <path d={path} />
          </svg>
        </>
      )}
      <span class="mp-head" aria-hidden="true" />
      <input
        class="mp-seek"
        type="range"
        aria-label="Position"
        aria-valuetext={`${clockWords(positionMs)} of ${clockWords(durationMs)}`}
        min="0"
        max={String(Math.round(durationMs))}
        step="10"
        value={String(Math.round(positionMs))}
        onInput={(event) => player.seek(Number(event.currentTarget.value))}
        onKeyDown={(event) => {
          const ms = STEPS.get(event.key);
          if (ms === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          player.by(ms);
        }}
      />
    </div>
  );
};

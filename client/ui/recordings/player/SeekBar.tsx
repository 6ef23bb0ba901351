import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { durationClock } from '../../recording/words.ts';
import type { PlayerModel } from './PlayerModel.ts';
import { Thumbnail } from './Thumbnail.tsx';

const STEPS_MS: ReadonlyMap<string, number> = new Map([
  ['ArrowUp', 5_000],
  ['ArrowDown', -5_000],
]);

/** Where it is, and the way to anywhere else; with a little picture of what is there. */
export const SeekBar = ({
  model,
  previewUrl,
}: {
  model: PlayerModel;
  previewUrl: string | null;
}): JSX.Element => {
  const [pointedMs, setPointedMs] = useState<number | null>(null);
  const [focused, setFocused] = useState(false);
  const durationMs = model.durationMs.value;
  const positionMs = Math.min(model.positionMs.value, durationMs);
  const shownMs = pointedMs ?? (focused ? positionMs : null);
  const share = durationMs === 0 ? 0 : positionMs / durationMs;
  return (
    <div
      class="rp-bar"
      onPointerMove={({ currentTarget, clientX, pointerType }) => {
        if (pointerType === 'touch') return;
        const { left, width } = currentTarget.getBoundingClientRect();
        setPointedMs(Math.min(1, Math.max(0, (clientX - left) / width)) * durationMs);
      }}
      onPointerLeave={() => setPointedMs(null)}
    >
      <input
        class="rp-seek"
        type="range"
        aria-label="Position"
        aria-valuetext={`${durationClock(positionMs)} of ${durationClock(durationMs)}`}
        min="0"
        max={String(Math.max(1, Math.round(durationMs)))}
        step="1"
        value={String(Math.round(positionMs))}
        style={{ '--played': `${share * 100}%` }}
        onInput={(event) => model.seek(Number(event.currentTarget.value))}
        onKeyDown={(event) => {
          // A browser would step by a millisecond.
          const ms = STEPS_MS.get(event.key);
          if (ms === undefined) return;
          event.preventDefault();
          model.by(ms);
        }}
        onFocus={(event) => setFocused(event.currentTarget.matches(':focus-visible'))}
        onBlur={() => setFocused(false)}
      />
      {shownMs !== null && durationMs > 0 && (
        <Thumbnail url={previewUrl} atMs={shownMs} share={shownMs / durationMs} />
      )}
    </div>
  );
};

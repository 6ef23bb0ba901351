import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RecordingResource } from '../../../../server/protocol/recordings.ts';
import { useLetters } from '../../parts/hooks.ts';
import { Icon } from '../../parts/Icon.tsx';
import { ShortcutsDialog } from '../../parts/ShortcutsDialog.tsx';
import { fileOf } from '../../recording/shareLinks.ts';
import { Controls } from './Controls.tsx';
import { PLAYER_SHORTCUTS } from './playerKeys.ts';
import type { PlayerModel } from './PlayerModel.ts';
import { SourceChoice } from './SourceChoice.tsx';
import { toggleFullScreen } from './fullScreen.ts';
import { usePlayerKeys } from './usePlayerKeys.ts';

export const Player = ({
  model,
  recording,
  secret,
}: {
  model: PlayerModel;
  recording: RecordingResource;
  secret: string;
}): JSX.Element | null => {
  const video = useRef<HTMLVideoElement>(null);
  const screen = useRef<HTMLDivElement>(null);
  const [help, setHelp] = useState(false);
  const [letters, setLetters] = useLetters();
  const source = model.source.value;
  const isThere = source !== null;
  useEffect(() => {
    return isThere && video.current !== null ? model.attach(video.current) : undefined;
  }, [model, isThere]);
  const fullScreen = () => void toggleFullScreen(screen.current);
  usePlayerKeys(model, letters, { onFullScreen: fullScreen, onHelp: () => setHelp(true) });
  if (source === null) return null;
  const url = `${fileOf(secret, source.file)}?disposition=inline`;
  const poster = recording.files.find(({ kind }) => kind === 'poster')?.name;
  return (
    <section class="rp-player" aria-label="Player" tabIndex={-1}>
      <SourceChoice model={model} />
      <div class="rp-screen" ref={screen} data-sound={!source.hasPicture}>
        <video
          ref={video}
          src={url}
          preload="metadata"
          playsInline
          aria-label={source.label}
          {...(poster !== undefined && {
            poster: `${fileOf(secret, poster)}?disposition=inline`,
          })}
          onClick={() => model.toggle()}
        />
        {!source.hasPicture && (
          <p class="rp-sound" aria-hidden="true">
            <Icon name="microphone" />
            {source.label}
          </p>
        )}
        {model.failed.value && (
          <p class="rp-failed" role="alert">
            This file cannot be played here. Choose another above, or download it.
          </p>
        )}
        <Controls
          model={model}
          previewUrl={source.hasPicture ? url : null}
          onFullScreen={fullScreen}
          onHelp={() => setHelp(true)}
        />
      </div>
      {help && (
        <ShortcutsDialog
          shortcuts={PLAYER_SHORTCUTS}
          letters={letters}
          onLetters={setLetters}
          onClose={() => setHelp(false)}
        />
      )}
    </section>
  );
};

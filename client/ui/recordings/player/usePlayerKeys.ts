import { useEffect, useRef } from 'preact/hooks';
import { assertNever } from '../../parts/assertNever.ts';
import { openDialogs } from '../../parts/toasts.ts';
import { focusOf, nextSpeed, playerCommand, type PlayerCommand } from './playerKeys.ts';
import type { PlayerModel } from './PlayerModel.ts';

interface Others {
  readonly onFullScreen: () => void;
  readonly onHelp: () => void;
}

const obey = (
  command: PlayerCommand,
  model: PlayerModel,
  { onFullScreen, onHelp }: Others,
): void => {
  switch (command.name) {
    case 'toggle':
      model.toggle();
      break;
    case 'mute':
      model.toggleMute();
      break;
    case 'by':
      model.by(command.ms);
      break;
    case 'speed':
      model.setSpeed(nextSpeed(model.speed.peek(), command.step));
      break;
    case 'share':
      model.seek(model.durationMs.peek() * command.of);
      break;
    case 'fullScreen':
      onFullScreen();
      break;
    case 'help':
      onHelp();
      break;
    default:
      assertNever(command);
  }
};

/** The player has the keyboard of the whole page, but for fields and open dialogs. */
export const usePlayerKeys = (model: PlayerModel, letters: boolean, others: Others): void => {
  const latest = useRef(others);
  latest.current = others;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || openDialogs.peek() > 0) return;
      const command = playerCommand(event, { focus: focusOf(event.target), letters });
      if (command === null) return;
      event.preventDefault();
      obey(command, model, latest.current);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [model, letters]);
};

import type { JSX } from 'preact';
import { Dialog } from '../parts/Dialog.tsx';
import { Switch } from '../parts/Switch.tsx';
import { SHORTCUTS } from './shortcuts.ts';

export const ShortcutsDialog = ({
  letters,
  onLetters,
  onClose,
}: {
  letters: boolean;
  onLetters: (on: boolean) => void;
  onClose: () => void;
}): JSX.Element => (
  <Dialog title="Keyboard shortcuts" onClose={onClose}>
    <dl class="shortcuts">
      {SHORTCUTS.map(({ key, shown, does }) => (
        <div key={key}>
          <dt>
            <kbd>{shown}</kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
    <Switch
      label="Single-key shortcuts"
      hint="Switch them off if speech input or a slip of the finger sets them off."
      on={letters}
      onChange={onLetters}
    />
  </Dialog>
);

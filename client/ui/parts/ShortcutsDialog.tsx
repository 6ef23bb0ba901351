import type { JSX } from 'preact';
import { Dialog } from './Dialog.tsx';
import './shortcuts.css';
import { Switch } from './Switch.tsx';

export const ShortcutsDialog = ({
  shortcuts,
  letters,
  onLetters,
  onClose,
}: {
  shortcuts: readonly { readonly shown: string; readonly does: string }[];
  letters: boolean;
  onLetters: (on: boolean) => void;
  onClose: () => void;
}): JSX.Element => (
  <Dialog title="Keyboard shortcuts" onClose={onClose}>
    <dl class="shortcuts">
      {shortcuts.map(({ shown, does }) => (
        <div key={shown}>
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

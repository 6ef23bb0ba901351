/** Which key does what in a call. Single letters can be switched off (WCAG 2.1.4). */
export const SHORTCUTS = [
  { key: 'm', shown: 'M', does: 'Mute or unmute' },
  { key: 'v', shown: 'V', does: 'Start or stop the camera' },
  { key: 's', shown: 'S', does: 'Share the screen, or stop' },
  { key: 'r', shift: true, shown: 'Shift+R', does: 'Record, or stop recording, if you may' },
  { key: 'p', shown: 'P', does: 'Show or hide the people' },
  { key: '?', shown: '?', does: 'Show this list' },
  { key: 'Escape', shown: 'Esc', does: 'Close what is open' },
] as const;

export type ShortcutKey = (typeof SHORTCUTS)[number]['key'];

interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly repeat: boolean;
}

/** The shortcut a key press means, if any; none while somebody types. */
export const shortcutOf = (
  press: KeyPress,
  { typing, letters }: { typing: boolean; letters: boolean },
): ShortcutKey | null => {
  if (press.ctrlKey || press.metaKey || press.altKey || press.repeat) return null;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const found =
    SHORTCUTS.find((shortcut) => shortcut.key === key && (!('shift' in shortcut) || press.shiftKey))
      ?.key ?? null;
  if (found === 'Escape') return found;
  return typing || !letters ? null : found;
};

/** Fields that take letters. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select'));

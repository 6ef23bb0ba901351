/** Which key does what to messages. Single letters can be switched off (WCAG 2.1.4). */
export const MESSAGE_SHORTCUTS = [
  { shown: 'J', does: 'Next message' },
  { shown: 'K', does: 'Previous message' },
  { shown: 'Space', does: 'Play or pause' },
  { shown: '← →', does: 'Back or forward 5 seconds' },
  { shown: 'Enter', does: 'Open the message, or close it' },
  { shown: 'U', does: 'Mark as unread, or as read' },
  { shown: 'S', does: 'Save, or back to the inbox' },
  { shown: '#, Delete', does: 'Delete' },
  { shown: 'Z', does: 'Undo' },
  { shown: 'R', does: 'Call back' },
  { shown: 'X', does: 'Select' },
  { shown: '/', does: 'Search' },
  { shown: '?', does: 'Show this list' },
] as const;

export type MessageCommand =
  | { readonly name: 'go'; readonly step: 1 | -1 }
  | { readonly name: 'by'; readonly ms: number }
  | {
      readonly name:
        | 'toggle'
        | 'open'
        | 'read'
        | 'save'
        | 'delete'
        | 'undo'
        | 'reply'
        | 'select'
        | 'search'
        | 'help';
    };

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What has the keyboard: something with keys of its own, something that is pressed, or neither. */
export type Focus = 'typing' | 'pressing' | 'free';

const LETTERS: ReadonlyMap<string, MessageCommand> = new Map<string, MessageCommand>([
  ['j', { name: 'go', step: 1 }],
  ['k', { name: 'go', step: -1 }],
  ['u', { name: 'read' }],
  ['s', { name: 'save' }],
  ['#', { name: 'delete' }],
  ['z', { name: 'undo' }],
  ['r', { name: 'reply' }],
  ['x', { name: 'select' }],
  ['/', { name: 'search' }],
  ['?', { name: 'help' }],
]);

const OTHERS: ReadonlyMap<string, MessageCommand> = new Map<string, MessageCommand>([
  [' ', { name: 'toggle' }],
  ['Enter', { name: 'open' }],
  ['ArrowLeft', { name: 'by', ms: -5_000 }],
  ['ArrowRight', { name: 'by', ms: 5_000 }],
  ['Delete', { name: 'delete' }],
]);

export const messageCommand = (
  { key, ctrlKey, metaKey, altKey }: KeyPress,
  { focus, letters }: { focus: Focus; letters: boolean },
): MessageCommand | null => {
  if (ctrlKey || metaKey || altKey || focus === 'typing') return null;
  if (focus === 'pressing' && (key === ' ' || key === 'Enter')) return null;
  return OTHERS.get(key) ?? (letters ? (LETTERS.get(key.toLowerCase()) ?? null) : null);
};

export const focusOf = (target: EventTarget | null): Focus => {
  if (!(target instanceof HTMLElement)) return 'free';
  // The slider's arrows are the player's, and it has no use for Space.
  if (target.matches('.mp-seek')) return 'free';
  const isBox = target.matches('input[type=checkbox]');
  if (target.isContentEditable || (target.matches('input, textarea, select') && !isBox)) {
    return 'typing';
  }
  return target.matches('button, a, summary, input') ? 'pressing' : 'free';
};

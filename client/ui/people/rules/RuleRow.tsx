import type { JSX } from 'preact';
import type { Rule } from '../../../../server/protocol/calls.ts';
import { Icon } from '../../parts/Icon.tsx';
import { ruleWords, scopeWords } from './ruleWords.ts';

export type Move = 'up' | 'down';

export const RuleRow = ({
  rule,
  place,
  of,
  locked,
  onMove,
  onEdit,
  onRemove,
}: {
  rule: Rule;
  /** From 1 on. */
  place: number;
  of: number;
  /** Another one is being edited. */
  locked: boolean;
  onMove: (by: Move) => void;
  onEdit: () => void;
  onRemove: () => void;
}): JSX.Element => (
  <>
    <span class="rule-place" aria-hidden="true">
      {place}
    </span>
    <span class="pp-words">
      <span class="pp-name">{ruleWords(rule)}</span>
      <span class="small-print">{scopeWords(rule)}</span>
    </span>
    <span class="rule-actions" hidden={locked}>
      {(['up', 'down'] as const).map((by) => (
        <button
          key={by}
          type="button"
          class="button quiet icon-only"
          data-does={by}
          aria-label={`Move rule ${place} ${by}`}
          aria-disabled={by === 'up' ? place === 1 : place === of}
          onClick={() => onMove(by)}
        >
          <Icon name={by} />
        </button>
      ))}
      <button
        type="button"
        class="button quiet icon-only"
        data-does="edit"
        aria-label={`Edit rule ${place}`}
        title="Edit"
        onClick={onEdit}
      >
        <Icon name="pencil" />
      </button>
      <button
        type="button"
        class="button quiet icon-only"
        aria-label={`Remove rule ${place}`}
        title="Remove"
        onClick={onRemove}
      >
        <Icon name="bin" />
      </button>
    </span>
  </>
);

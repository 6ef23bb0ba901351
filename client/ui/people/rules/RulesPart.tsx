import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Rule } from '../../../../server/protocol/calls.ts';
import { Icon } from '../../parts/Icon.tsx';
import { Part } from '../Part.tsx';
import { RuleForm } from './RuleForm.tsx';
import { RuleRow, type Move } from './RuleRow.tsx';
import { movedRule } from './movedRule.ts';
import type { PlanControl } from './useCallPlan.ts';

/** As many as the server keeps. */
const MAX_RULES = 50;

/** Which rule is being made or edited. */
type Open = number | 'new' | null;

/** What opened the form, or moved a rule, has the keyboard when that is done. */
const useFocusAfter = () => {
  const around = useRef<HTMLDivElement>(null);
  const [next, setNext] = useState<{ readonly selector: string } | null>(null);
  useLayoutEffect(() => {
    if (next !== null) around.current?.querySelector<HTMLElement>(next.selector)?.focus();
  }, [next]);
  return { around, focusAfter: (selector: string) => setNext({ selector }) };
};

export const RulesPart = ({
  control: { plan, keep, change },
}: {
  control: PlanControl;
}): JSX.Element => {
  const { rules } = plan;
  const [open, setOpen] = useState<Open>(null);
  const [moved, setMoved] = useState('');
  const { around, focusAfter } = useFocusAfter();
  const move = (i: number, by: Move) => {
    const to = i + (by === 'up' ? -1 : 1);
    if (to < 0 || to >= rules.length) return;
    change({ rules: [...movedRule(rules, i, to)] });
    setMoved(`Moved to place ${to + 1} of ${rules.length}.`);
    focusAfter(`[data-rule="${to}"] [data-does=${by}]`);
  };
  const close = (i: number | 'new') => {
    setOpen(null);
    focusAfter(i === 'new' ? '[data-does=add]' : `[data-rule="${i}"] [data-does=edit]`);
  };
  const save = async (i: number | 'new', rule: Rule) => {
    await keep({ rules: i === 'new' ? [...rules, rule] : rules.toSpliced(i, 1, rule) });
    close(i);
  };
  return (
    <Part
      title="Call rules"
      lead="Rules for “Always” are asked first; of several for the same case the first that fits counts. Without one, who cannot reach you can leave a message."
    >
      <div class="rules" ref={around}>
        {rules.length > 0 && (
          <ol class="pp-list" aria-label="Call rules">
            {rules.map((rule, i) => (
              <li key={i} class="pp-row" data-rule={i}>
                {open === i ? (
                  <RuleForm
                    rule={rule}
                    onSave={(changed) => save(i, changed)}
                    onCancel={() => close(i)}
                  />
                ) : (
                  <RuleRow
                    rule={rule}
                    place={i + 1}
                    of={rules.length}
                    locked={open !== null}
                    onMove={(by) => move(i, by)}
                    onEdit={() => setOpen(i)}
                    onRemove={() => change({ rules: rules.toSpliced(i, 1) })}
                  />
                )}
              </li>
            ))}
          </ol>
        )}
        <p class="vh" role="status">
          {moved}
        </p>
        {open === 'new' && (
          <RuleForm
            rule={null}
            onSave={(rule) => save('new', rule)}
            onCancel={() => close('new')}
          />
        )}
        {open === null && rules.length < MAX_RULES && (
          <div class="button-row">
            <button type="button" class="button" data-does="add" onClick={() => setOpen('new')}>
              <Icon name="plus" />
              Add a rule
            </button>
          </div>
        )}
      </div>
    </Part>
  );
};

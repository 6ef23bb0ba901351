import type { JSX } from 'preact';
import type { User } from '../../../../server/protocol/people.ts';
import { Part } from '../Part.tsx';
import { BlockedPart } from './BlockedPart.tsx';
import './rules.css';
import { RulesPart } from './RulesPart.tsx';
import { TrialPart } from './TrialPart.tsx';
import { useCallPlan } from './useCallPlan.ts';

/** What happens to calls for somebody. */
export const CallPlanParts = ({ user }: { user: User }): JSX.Element => {
  const { control, failed, look } = useCallPlan();
  if (control === null) {
    return (
      <Part title="Call rules">
        <p class="soft" role="status">
          {failed ? 'The rules could not be fetched.' : 'Looking…'}
        </p>
        {failed && (
          <div class="button-row">
            <button type="button" class="button" onClick={look}>
              Try again
            </button>
          </div>
        )}
      </Part>
    );
  }
  return (
    <>
      <RulesPart control={control} />
      <BlockedPart control={control} />
      <TrialPart user={user} />
    </>
  );
};

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { CallPlan } from '../../../../server/protocol/calls.ts';
import { peopleClient } from '../client.ts';

/** The plan that is kept, and how to keep another: shown at once, and taken back if it is refused. */
export interface PlanControl {
  readonly plan: CallPlan;
  /** Rejects with `RestError`. */
  readonly keep: (plan: CallPlan) => Promise<void>;
}

export const useCallPlan = (): {
  readonly control: PlanControl | null;
  readonly failed: boolean;
  readonly look: () => void;
} => {
  const [plan, setPlan] = useState<CallPlan | null>(null);
  const [failed, setFailed] = useState(false);
  /** What the server has, as far as it has said. */
  const kept = useRef<CallPlan | null>(null);
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const look = useCallback(async () => {
    setFailed(false);
    try {
      kept.current = await peopleClient.callPlan('me');
      setPlan(kept.current);
    } catch {
      setFailed(true);
    }
  }, []);
  useEffect(() => void look(), [look]);
  const keep = async (wanted: CallPlan) => {
    setPlan(wanted);
    // One after the other, so that the last one counts.
    const sent = last.current.then(() => peopleClient.setCallPlan('me', wanted));
    last.current = sent.catch(() => {});
    try {
      kept.current = await sent;
    } catch (error) {
      setPlan((shown) => (shown === wanted ? kept.current : shown));
      throw error;
    }
  };
  return { control: plan === null ? null : { plan, keep }, failed, look: () => void look() };
};

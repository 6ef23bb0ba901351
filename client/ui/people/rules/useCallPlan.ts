import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { CallPlan } from '../../../../server/protocol/calls.ts';
import { showToast } from '../../parts/toasts.ts';
import { peopleClient } from '../client.ts';
import { failureWords } from '../failureWords.ts';

/** The plan that is kept, and how to keep another. */
export interface PlanControl {
  readonly plan: CallPlan;
  /** Shown once it is kept. Rejects with `RestError`. */
  readonly keep: (patch: Partial<CallPlan>) => Promise<void>;
  /** Shown at once, and taken back in words if it is refused. */
  readonly change: (patch: Partial<CallPlan>) => void;
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
  if (plan === null) return { control: null, failed, look: () => void look() };
  const send = async (wanted: CallPlan) => {
    // One after the other, so that the last one counts.
    const sent = last.current.then(() => peopleClient.setCallPlan('me', wanted));
    last.current = sent.catch(() => {});
    kept.current = await sent;
  };
  const keep = async (patch: Partial<CallPlan>) => {
    await send({ ...plan, ...patch });
    setPlan(kept.current);
  };
  const change = (patch: Partial<CallPlan>) => {
    const wanted = { ...plan, ...patch };
    setPlan(wanted);
    send(wanted).catch((error: unknown) => {
      setPlan((shown) => (shown === wanted ? kept.current : shown));
      showToast(failureWords(error), { kind: 'error' });
    });
  };
  return { control: { plan, keep, change }, failed, look: () => void look() };
};

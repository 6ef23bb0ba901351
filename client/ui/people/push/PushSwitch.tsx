import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { RestError } from '../../../core/RestError.ts';
import { Switch } from '../../parts/Switch.tsx';
import { failureWords } from '../failureWords.ts';
import { isPushOn, PushRefused, switchPushOff, switchPushOn } from './subscription.ts';
import { pushSupport, SUPPORT_WORDS, thisBrowser } from './support.ts';

const LABEL = 'Ring while no page is open';

const wordsFor = (error: unknown): string => {
  if (error instanceof RestError) return failureWords(error);
  if (error instanceof PushRefused) {
    return 'This browser does not show notifications of this page. Allow them in its settings for this page, then switch this on again.';
  }
  return 'The browser could not reach the push service of its maker. Please try again later; some browsers have none.';
};

const Able = (): JSX.Element => {
  const [on, setOn] = useState(false);
  const [busy, setBusy] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    isPushOn()
      .then(setOn, () => {})
      .finally(() => setBusy(false));
  }, []);
  const change = async (wanted: boolean) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    setOn(wanted);
    try {
      await (wanted ? switchPushOn() : switchPushOff());
    } catch (error) {
      setOn(!wanted);
      setProblem(wordsFor(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div aria-busy={busy}>
      <Switch
        label={LABEL}
        hint="This browser shows a notification when somebody calls, until you sign out here."
        on={on}
        onChange={(wanted) => void change(wanted)}
      />
      <div role="alert">{problem !== null && <p class="error-text">{problem}</p>}</div>
    </div>
  );
};

/** Whether this browser tells of calls while no page is open; or why it cannot. */
export const PushSwitch = (): JSX.Element => {
  const support = useMemo(() => pushSupport(thisBrowser()), []);
  if (support === 'can') return <Able />;
  return (
    <div>
      <p>{LABEL}</p>
      <p class="small-print">{SUPPORT_WORDS[support]}</p>
    </div>
  );
};

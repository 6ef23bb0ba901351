import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { GreetingKind } from '../../../../server/protocol/greetings.ts';
import { showToast } from '../../parts/toasts.ts';
import { Part } from '../Part.tsx';
import './greetings.css';
import { KindRow, type Source } from './KindRow.tsx';
import { useGreetings } from './useGreetings.ts';

const KINDS = ['unavailable', 'busy', 'temporary', 'name'] as const satisfies GreetingKind[];

export const GreetingsPart = (): JSX.Element => {
  const { greetings, look } = useGreetings();
  const [making, setMaking] = useState<{ kind: GreetingKind; from: Source } | null>(null);
  return (
    <Part
      title="Greetings"
      lead="What callers hear before the beep when they can leave you a message."
    >
      {typeof greetings === 'string' ? (
        <>
          <p class="soft" role="status">
            {greetings === 'failed' ? 'The greetings could not be fetched.' : 'Looking…'}
          </p>
          {greetings === 'failed' && (
            <div class="button-row">
              <button type="button" class="button" onClick={() => void look()}>
                Try again
              </button>
            </div>
          )}
        </>
      ) : (
        <ul class="greetings" aria-label="Greetings">
          {KINDS.map((kind) => (
            <KindRow
              key={kind}
              kind={kind}
              greetings={greetings}
              making={making?.kind === kind ? making.from : null}
              locked={making !== null}
              onMake={(from) => setMaking({ kind, from })}
              onEnd={() => setMaking(null)}
              onChanged={async () => {
                await look();
                if (making?.kind === kind) showToast('Kept.', { topic: 'greetings' });
              }}
            />
          ))}
        </ul>
      )}
    </Part>
  );
};

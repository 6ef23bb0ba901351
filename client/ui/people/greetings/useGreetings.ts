import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Greeting } from '../../../../server/protocol/greetings.ts';
import { GreetingsClient } from '../../../core/GreetingsClient.ts';
import { watchedFetch } from '../session.ts';

export const greetingsClient = new GreetingsClient({ fetch: watchedFetch });

export interface GreetingsControl {
  readonly greetings: readonly Greeting[] | 'loading' | 'failed';
  readonly look: () => Promise<void>;
}

export const useGreetings = (): GreetingsControl => {
  const [greetings, setGreetings] = useState<GreetingsControl['greetings']>('loading');
  const look = useCallback(async () => {
    try {
      setGreetings(await greetingsClient.list());
    } catch {
      setGreetings('failed');
    }
  }, []);
  useEffect(() => void look(), [look]);
  return { greetings, look };
};

import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Phase } from '../../core/store.ts';
import { Page } from '../parts/Page.tsx';
import { endWords } from './endWords.ts';

export const AfterCall = ({
  room,
  ended,
  onRejoin,
  children,
}: {
  room: string;
  ended: Extract<Phase, { name: 'ended' }>;
  onRejoin: () => void;
  children?: ComponentChildren;
}): JSX.Element => {
  const { title, words, again } = endWords(ended.reason, ended.detail);
  const ref = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // Whatever had the focus in the call is gone.
    ref.current?.closest('main')?.querySelector('h1')?.focus();
  }, []);
  return (
    <Page title={title}>
      <p class="lead" ref={ref}>
        {words}
      </p>
      <p class="soft">
        Room: <strong>{room}</strong>
      </p>
      <div class="button-row">
        <button type="button" class="button primary" onClick={onRejoin}>
          {again}
        </button>
        <a class="button" href="/">
          Home
        </a>
      </div>
      {children}
    </Page>
  );
};

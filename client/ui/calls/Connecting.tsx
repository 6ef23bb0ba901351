import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Control } from '../call/Control.tsx';
import { Avatar } from '../parts/Avatar.tsx';
import type { Leg } from './Leg.ts';

/** Between the answer and the first word. */
export const Connecting = ({ leg }: { leg: Leg }): JSX.Element => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const name = leg.title.value;
  return (
    <div class="ringing">
      <main class="ringing-main">
        <Avatar id={name} name={name} />
        <h1 ref={heading} tabIndex={-1}>
          {name}
        </h1>
        <p class="lead" role="status">
          Connecting…
        </p>
      </main>
      <footer class="ringing-controls">
        <Control icon="hangUp" label="Hang up" kind="danger" onClick={() => leg.hangUp()} />
      </footer>
    </div>
  );
};

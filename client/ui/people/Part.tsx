import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

/** A part of a page, with a heading and what it is for. */
export const Part = ({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ComponentChildren;
  children: ComponentChildren;
}): JSX.Element => {
  const id = useId();
  return (
    <section class="pp-part" aria-labelledby={id}>
      <div class="pp-head">
        <h2 id={id}>{title}</h2>
        {lead !== undefined && <p class="soft">{lead}</p>}
      </div>
      {children}
    </section>
  );
};

import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { AccountArea } from '../people/account/AccountArea.tsx';
import { setTitle } from './title.ts';
import { Wordmark } from './Wordmark.tsx';

let firstPage = true;

/** A screen with a heading; whoever came by a link inside the application lands on the heading. */
export const Page = ({
  title,
  heading,
  wide = false,
  nav = true,
  children,
}: {
  title: string;
  heading?: ComponentChildren;
  wide?: boolean;
  /** With links to other screens; not where somebody is on the way into a call. */
  nav?: boolean;
  children: ComponentChildren;
}): JSX.Element => {
  const headingRef = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    setTitle(title);
  }, [title]);
  // At once, so that whoever opened this page can still put the keyboard elsewhere.
  useLayoutEffect(() => {
    if (!firstPage) headingRef.current?.focus();
    firstPage = false;
  }, []);
  return (
    <div class={wide ? 'page wide' : 'page'}>
      <header class="page-header">
        <Wordmark />
        {nav && <AccountArea />}
      </header>
      <main class="page-main">
        <h1 ref={headingRef} tabIndex={-1}>
          {heading ?? title}
        </h1>
        {children}
      </main>
    </div>
  );
};

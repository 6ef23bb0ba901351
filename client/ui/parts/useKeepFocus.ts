import { useEffect } from 'preact/hooks';

/** Where the keyboard goes on from: the heading of the part it was in, else of the page. */
const headingOf = (part: Element | null): HTMLElement | null =>
  (part?.isConnected === true ? part.querySelector<HTMLElement>('h2, h1') : null) ??
  document.querySelector<HTMLElement>('h1');

/** What is pressed may be gone by what it does; the keyboard does not start over at the top then. */
export const useKeepFocus = (): void => {
  useEffect(() => {
    let last: { readonly element: Element; readonly part: Element | null } | null = null;
    const gone = new AbortController();
    const { signal } = gone;
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return;
      last = { element: target, part: target.closest('dialog, section, main') };
    };
    const onBlur = () => {
      // Somebody clicked beside it: that is no loss.
      queueMicrotask(() => {
        if (last?.element.isConnected === true && document.activeElement === document.body) {
          last = null;
        }
      });
    };
    document.addEventListener('focusin', onFocus, { signal });
    document.addEventListener('focusout', onBlur, { signal });
    const observer = new MutationObserver(() => {
      if (last === null || last.element.isConnected) return;
      const { part } = last;
      last = null;
      if (document.activeElement !== document.body) return;
      const heading = headingOf(part);
      if (heading === null) return;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    });
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      gone.abort();
      observer.disconnect();
    };
  }, []);
};

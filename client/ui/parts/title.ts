import { effect, signal } from '@preact/signals';

/** What waits for whoever looks at the tab, whatever page is on it. */
export const titleCount = signal(0);

const page = signal('Roomtone');

effect(() => {
  const name = page.value === 'Roomtone' ? page.value : `${page.value} · Roomtone`;
  document.title = titleCount.value === 0 ? name : `(${titleCount.value}) ${name}`;
});

/** The words of the page on the tab. */
export const setTitle = (words: string): void => {
  page.value = words;
};

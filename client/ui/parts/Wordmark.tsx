import type { JSX } from 'preact';

export const Mark = (): JSX.Element => (
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="9" />
    <path d="M8.5 14.5v3M13.5 10.5v11M18.5 8v16M23.5 13v6" />
  </svg>
);

export const Wordmark = (): JSX.Element => (
  <a class="wordmark" href="/">
    <Mark />
    <span>Roomtone</span>
  </a>
);

import type { JSX } from 'preact';
import { Page } from '../parts/Page.tsx';

export const NotFound = (): JSX.Element => (
  <Page title="Nothing here">
    <p class="lead">
      This address leads nowhere. A room's address looks like <code>/r/calm-otter</code>; perhaps a
      piece of the link was lost on the way.
    </p>
    <p>
      <a class="button primary" href="/">
        Go to the home page
      </a>
    </p>
  </Page>
);

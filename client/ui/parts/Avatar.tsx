import type { JSX } from 'preact';
import { hueOf, initials } from '../../../server/protocol/likeness.ts';

export const Avatar = ({ id, name }: { id: string; name: string }): JSX.Element => (
  <span class="avatar" style={{ '--hue': String(hueOf(id)) }} aria-hidden="true">
    {initials(name)}
  </span>
);

import type { JSX } from 'preact';
import type { Presence } from '../../../server/protocol/people.ts';

/** A colour and a shape; words are always beside it. */
export const PresenceDot = ({ presence }: { presence: Presence | null }): JSX.Element => (
  <span class="presence-dot" data-presence={presence ?? 'offline'} aria-hidden="true" />
);

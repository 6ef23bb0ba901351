import type { UserRole } from '../../../../server/protocol/people.ts';

export const ROLE_CHOICES = [
  ['member', 'Member'],
  ['admin', 'Administrator'],
] as const satisfies readonly (readonly [UserRole, string])[];

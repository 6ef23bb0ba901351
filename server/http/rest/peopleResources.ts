import type { Account, Invitation, SignIn } from '../../accounts/Account.ts';
import type { User } from '../../protocol/people.ts';
import { timeOf } from './recordingResource.ts';

export const userResource = ({
  id,
  name,
  displayName,
  role,
  settings,
  passwordHash,
  createdAt,
}: Account): User => ({
  id,
  name,
  displayName,
  role,
  settings,
  hasPassword: passwordHash !== null,
  createdAt: timeOf(createdAt),
});

/** As `userResource`, for who manages people: where somebody gets their mail is their own affair. */
export const otherResource = (account: Account): User => ({
  ...userResource(account),
  settings: { ...account.settings, mailAddress: null },
});

export const signInResource = (
  { id, device, createdAt, lastSeenAt, expiresAt }: SignIn,
  current: SignIn | undefined,
) => ({
  id,
  device,
  createdAt: timeOf(createdAt),
  lastSeenAt: timeOf(lastSeenAt),
  expiresAt: timeOf(expiresAt),
  current: id === current?.id,
});

export const invitationResource = ({ id, userName, role, createdAt, expiresAt }: Invitation) => ({
  id,
  userName,
  role,
  createdAt: timeOf(createdAt),
  expiresAt: timeOf(expiresAt),
});

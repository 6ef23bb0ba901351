import { Type, type Static } from 'typebox';
import { DisplayNameSchema } from './ids.ts';
import { UserNameSchema } from './people.ts';

/** Mailboxes, and who looks after those of several. */

const strict = { additionalProperties: false } as const;

/** `reader`: has what is in it. `editor`: may mark, move and delete it, too. */
export const MAILBOX_ROLES = ['reader', 'editor'] as const;
const MailboxRoleSchema = Type.Enum(MAILBOX_ROLES);
export type MailboxRole = (typeof MAILBOX_ROLES)[number];

export const MailboxSchema = Type.Object({
  name: UserNameSchema,
  displayName: DisplayNameSchema,
  /** Of who asks: `owner`, or as one of several who look after it. */
  role: Type.Enum(['owner', ...MAILBOX_ROLES]),
  /** Of all folders. */
  messages: Type.Integer(),
  usedBytes: Type.Integer(),
  quotaBytes: Type.Integer(),
  /** Heard messages go to the trash after so many days; null: never. */
  keepDays: Type.Union([Type.Integer(), Type.Null()]),
  /** Can messages be left in it? */
  voicemail: Type.Boolean(),
});
export type Mailbox = Static<typeof MailboxSchema>;

export const MailboxPatchSchema = Type.Object(
  {
    /** Null: what all have. */
    quotaBytes: Type.Union([Type.Integer({ minimum: 0, maximum: 2 ** 50 }), Type.Null()]),
  },
  strict,
);

export const MailboxMemberSchema = Type.Object({
  name: UserNameSchema,
  displayName: DisplayNameSchema,
  role: MailboxRoleSchema,
});
export type MailboxMemberResource = Static<typeof MailboxMemberSchema>;

export const MailboxMemberListSchema = Type.Object({ items: Type.Array(MailboxMemberSchema) });

/** Absent: `editor`. */
export const NewMailboxMemberSchema = Type.Object(
  { role: Type.Optional(MailboxRoleSchema) },
  strict,
);

/** One's own first, then those that one looks after with others. */
export const MailboxListSchema = Type.Object({ items: Type.Array(MailboxSchema) });

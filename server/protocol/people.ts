import { Type, type Static } from 'typebox';
import { DisplayNameSchema, InvitationIdSchema, SignInIdSchema, UserIdSchema } from './ids.ts';

/** People as REST and the socket tell of them. Times are RFC 3339 in UTC. */

const strict = { additionalProperties: false } as const;
const Time = Type.String({ format: 'date-time' });
const nextCursor = Type.Union([Type.String(), Type.Null()]);

/** As it stands in `/call/:user`; compared after `foldUserName`. */
export const UserNameSchema = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$',
});

export const foldUserName = (name: string): string => name.toLowerCase();

/** Long rather than odd: NIST SP 800-63B. */
export const PasswordSchema = Type.String({
  minLength: 10,
  maxLength: 256,
  description: 'At least 10 characters.',
});

/** What is typed to sign in: whatever was a password once. */
const TypedPasswordSchema = Type.String({ minLength: 1, maxLength: 256 });

export const USER_ROLES = ['admin', 'member'] as const;
const UserRoleSchema = Type.Enum(USER_ROLES);
export type UserRole = (typeof USER_ROLES)[number];

export const PRESENCES = ['online', 'away', 'doNotDisturb', 'inCall', 'offline'] as const;
const PresenceSchema = Type.Enum(PRESENCES);
export type Presence = (typeof PRESENCES)[number];

/** What somebody says of themselves; `automatic` leaves it to their browsers. */
export const AVAILABILITIES = ['automatic', 'away', 'doNotDisturb'] as const;
export type Availability = (typeof AVAILABILITIES)[number];

export const AUDIENCES = ['everybody', 'members', 'nobody'] as const;
export type Audience = (typeof AUDIENCES)[number];

export const PersonSettingsSchema = Type.Object(
  {
    availability: Type.Enum(AVAILABILITIES),
    /** Who may see the presence. */
    presenceVisibleTo: Type.Enum(AUDIENCES),
    /** How long a call rings. */
    ringSeconds: Type.Integer({ minimum: 5, maximum: 120 }),
    /** May a second call ring while one is in a call? Else it is told busy. */
    callWaiting: Type.Boolean(),
    /** May callers be seen in the messages that they leave? */
    videoMessages: Type.Boolean(),
    /** Seen by nobody else. */
    mailAddress: Type.Union([Type.String({ format: 'email', maxLength: 254 }), Type.Null()]),
    /** Is one told of messages by mail, where the server can? */
    mailMessages: Type.Boolean(),
    /** With the sound in it? */
    mailSound: Type.Boolean(),
    /** Does a message that was mailed count as heard? */
    mailReads: Type.Boolean(),
    /** May callers leave messages at all? */
    voicemail: Type.Boolean(),
    /**
     * So many days after it was heard a message in the inbox goes to the trash; null: it stays. Unheard and
     * saved ones always stay.
     */
    keepVoicemailDays: Type.Union([Type.Integer({ minimum: 1, maximum: 3_650 }), Type.Null()]),
    /** IANA name: the hours of the rules are hours there. */
    timeZone: Type.String({ minLength: 1, maxLength: 64 }),
  },
  strict,
);
export type PersonSettings = Static<typeof PersonSettingsSchema>;

/** What everybody who is signed in may know of everybody. */
export const PersonSchema = Type.Object({
  name: UserNameSchema,
  displayName: DisplayNameSchema,
  /** Null: not for you to see. */
  presence: Type.Union([PresenceSchema, Type.Null()]),
});
export type Person = Static<typeof PersonSchema>;

export const PersonPageSchema = Type.Object({ items: Type.Array(PersonSchema), nextCursor });
export type PersonPage = Static<typeof PersonPageSchema>;

/** Oneself, or anybody for who manages people. */
export const UserSchema = Type.Object({
  id: UserIdSchema,
  name: UserNameSchema,
  displayName: DisplayNameSchema,
  role: UserRoleSchema,
  /** False: signs in elsewhere (OpenID Connect) only. */
  hasPassword: Type.Boolean(),
  settings: PersonSettingsSchema,
  createdAt: Time,
});
export type User = Static<typeof UserSchema>;

export const UserPageSchema = Type.Object({ items: Type.Array(UserSchema), nextCursor });

export const NewUserSchema = Type.Object(
  {
    name: UserNameSchema,
    displayName: Type.Optional(DisplayNameSchema),
    /** Absent: nobody signs in with this account. It is a mailbox that others look after. */
    password: Type.Optional(PasswordSchema),
    role: Type.Optional(UserRoleSchema),
  },
  strict,
);
export type NewUser = Static<typeof NewUserSchema>;

export const UserPatchSchema = Type.Object(
  {
    displayName: Type.Optional(DisplayNameSchema),
    settings: Type.Optional(Type.Partial(PersonSettingsSchema, strict)),
    /** A new password signs out everywhere else. */
    password: Type.Optional(PasswordSchema),
    /** Who changes their own password shows the old one. */
    currentPassword: Type.Optional(TypedPasswordSchema),
    /** Who manages people only. */
    role: Type.Optional(UserRoleSchema),
  },
  strict,
);
export type UserPatch = Static<typeof UserPatchSchema>;

export const CredentialsSchema = Type.Object(
  { userName: Type.String({ minLength: 1, maxLength: 64 }), password: TypedPasswordSchema },
  strict,
);

/** One browser that is signed in. */
export const SignInSchema = Type.Object({
  id: SignInIdSchema,
  /** Such as “Firefox on Linux”. */
  device: Type.String(),
  createdAt: Time,
  lastSeenAt: Time,
  expiresAt: Time,
  /** The one that asks. */
  current: Type.Boolean(),
});
export type SignInResource = Static<typeof SignInSchema>;

export const SignInPageSchema = Type.Object({ items: Type.Array(SignInSchema), nextCursor });

/** Who this browser is, and how it could sign in. */
export const SessionSchema = Type.Object({
  user: Type.Union([UserSchema, Type.Null()]),
  /** The name of the provider of OpenID Connect, when there is one. */
  openId: Type.Union([Type.String(), Type.Null()]),
  /** Can this server tell people of messages by mail? */
  mail: Type.Boolean(),
});
export type SessionResource = Static<typeof SessionSchema>;

export const NewInvitationSchema = Type.Object(
  {
    /** The name the account will have; absent: who accepts chooses. */
    userName: Type.Optional(UserNameSchema),
    role: Type.Optional(UserRoleSchema),
    expiresInSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 2_592_000 })),
  },
  strict,
);
export type NewInvitation = Static<typeof NewInvitationSchema>;

export const InvitationSchema = Type.Object({
  id: InvitationIdSchema,
  userName: Type.Union([UserNameSchema, Type.Null()]),
  role: UserRoleSchema,
  createdAt: Time,
  expiresAt: Time,
});
export type InvitationResource = Static<typeof InvitationSchema>;

/** The only answer that ever holds the secret: `/invitation#<secret>` is the page for it. */
export const CreatedInvitationSchema = Type.Object({
  ...InvitationSchema.properties,
  secret: Type.String(),
});
export type CreatedInvitation = Static<typeof CreatedInvitationSchema>;

export const InvitationPageSchema = Type.Object({
  items: Type.Array(InvitationSchema),
  nextCursor,
});

const InvitationSecretSchema = Type.String({ pattern: '^[\\w-]{43}$' });

export const OpenedInvitationSchema = Type.Object({ secret: InvitationSecretSchema }, strict);

export const AcceptedInvitationSchema = Type.Object(
  {
    secret: InvitationSecretSchema,
    userName: UserNameSchema,
    displayName: Type.Optional(DisplayNameSchema),
    password: PasswordSchema,
  },
  strict,
);
export type AcceptedInvitation = Static<typeof AcceptedInvitationSchema>;

import { Type, type Static, type TSchema } from 'typebox';
import { CALL_OUTCOMES, PartySchema } from './calls.ts';
import { VoicemailIdSchema } from './ids.ts';
import { UserNameSchema } from './people.ts';
import { FileNameSchema, RecordedFileSchema } from './recordings.ts';

/** Messages that callers leave, as REST and the socket tell of them. */

const strict = { additionalProperties: false } as const;
const Time = Type.String({ format: 'date-time' });
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const FOLDERS = ['inbox', 'saved', 'trash'] as const;
export const FolderSchema = Type.Enum(FOLDERS);
export type Folder = (typeof FOLDERS)[number];

/** `caller`: by name, from A on. The newest come first among what is alike. */
export const MESSAGE_SORTS = ['newest', 'oldest', 'longest', 'caller', 'urgent'] as const;
export const MessageSortSchema = Type.Enum(MESSAGE_SORTS);
export type MessageSort = (typeof MESSAGE_SORTS)[number];

const NoteSchema = Type.String({ maxLength: 500 });

/** A message while it is being left, as its caller sees it. */
export const DraftStateSchema = Type.Object({
  id: VoicemailIdSchema,
  /**
   * `greeting`: played to the caller. `recording`: from the beep on. `recorded`: it can be heard, sent, or
   * said again. `saved`: on disk for its owner, and only then. `pickedUp`: its owner talks with the
   * caller from now on, in the same room.
   */
  state: Type.Enum([
    'waiting',
    'greeting',
    'recording',
    'finishing',
    'recorded',
    'saved',
    'gone',
    'pickedUp',
  ]),
  /** Why it is gone, or cannot be sent as it is: `tooShort`, `silent`, `failed`, `cancelled`. */
  problem: orNull(Type.Enum(['tooShort', 'silent', 'failed', 'cancelled'])),
  /** When the beep was over. */
  recordingSince: orNull(Time),
  maxMs: Type.Integer(),
  durationMs: Type.Number(),
  /** Its caller may be seen in it, and sends a camera then if they like. No other picture is recorded. */
  video: Type.Boolean(),
  /** To listen to it with the call's key as Bearer; null: not yet. */
  url: orNull(Type.String()),
  /** The same with its picture; null: there is none. */
  videoUrl: orNull(Type.String()),
});
export type DraftState = Static<typeof DraftStateSchema>;

/** A message while it is being left, as its owner sees it. `saved`, `gone` and `pickedUp` are its end. */
export const MessageBeingLeftSchema = Type.Object({
  messageId: VoicemailIdSchema,
  from: PartySchema,
  since: Time,
  state: Type.Enum(['greeting', 'recording', 'finishing', 'recorded', 'saved', 'gone', 'pickedUp']),
  /** When the beep was over. */
  recordingSince: orNull(Time),
});
export type MessageBeingLeft = Static<typeof MessageBeingLeftSchema>;

/** Why it could not be answered, or that the caller would rather leave a message. */
export const ReasonSchema = Type.Enum([...CALL_OUTCOMES, 'chosen']);

const VoicemailFileSchema = Type.Object({
  ...RecordedFileSchema.properties,
  url: Type.String(),
});

export const MAX_TRANSCRIPT_LENGTH = 20_000;
export const MAX_WORDS = 5_000;

/** `none`: nobody writes messages down here, or not this one. `pending`: it is being written, or tried again. */
export const TranscriptSummarySchema = Type.Object({
  state: Type.Enum(['none', 'pending', 'ready', 'failed']),
  /** BCP 47, such as `en`; null: not known. */
  language: orNull(Type.String()),
});
export type TranscriptSummary = Static<typeof TranscriptSummarySchema>;

const TranscriptWordSchema = Type.Object({
  text: Type.String(),
  /** In the sound that is played. */
  startMs: Type.Number(),
  endMs: Type.Number(),
  /** 0 to 1; null: the speech service does not tell. */
  confidence: orNull(Type.Number()),
});
export type TranscriptWord = Static<typeof TranscriptWordSchema>;

/** What was said, in writing. */
export const TranscriptSchema = Type.Object({
  ...TranscriptSummarySchema.properties,
  /** Null: not there, or not yet. */
  text: orNull(Type.String()),
  /** In their order; none where the service tells no times. */
  words: Type.Array(TranscriptWordSchema),
});
export type TranscriptResource = Static<typeof TranscriptSchema>;

export const VoicemailSchema = Type.Object({
  id: VoicemailIdSchema,
  /** Whose it is. */
  mailbox: UserNameSchema,
  from: PartySchema,
  reason: ReasonSchema,
  createdAt: Time,
  durationMs: Type.Number(),
  /** Cut short: the caller went, or the server did. */
  partial: Type.Boolean(),
  /** Its owner came in: it ends where they began to talk, and counts as read. */
  pickedUp: Type.Boolean(),
  readAt: orNull(Time),
  urgent: Type.Boolean(),
  folder: FolderSchema,
  /** When it goes for good, in the trash. */
  purgeAt: orNull(Time),
  note: orNull(NoteSchema),
  /** Who passed it on from another mailbox, and what they say to it. */
  forwardedBy: orNull(PartySchema),
  comment: orNull(NoteSchema),
  transcript: TranscriptSummarySchema,
  /** Of the several who look after the mailbox, who sees to it. */
  takenBy: orNull(PartySchema),
  files: Type.Array(VoicemailFileSchema),
});
export type Voicemail = Static<typeof VoicemailSchema>;

/** Who is to have it, too. */
export const ForwardSchema = Type.Object(
  { to: UserNameSchema, comment: Type.Optional(NoteSchema) },
  strict,
);

export const VoicemailPageSchema = Type.Object({
  items: Type.Array(VoicemailSchema),
  nextCursor: orNull(Type.String()),
});

export type VoicemailPage = Static<typeof VoicemailPageSchema>;

export const VoicemailPatchSchema = Type.Object(
  {
    read: Type.Optional(Type.Boolean()),
    folder: Type.Optional(FolderSchema),
    /** Who asks sees to it, or gives it back; `wrong_state`: somebody else has it. */
    taken: Type.Optional(Type.Boolean()),
  },
  strict,
);

/** In the shape of SIP's message-waiting (RFC 3842). */
export const VoicemailSummarySchema = Type.Object({
  new: Type.Integer(),
  old: Type.Integer(),
  urgentNew: Type.Integer(),
  urgentOld: Type.Integer(),
});
export type VoicemailSummary = Static<typeof VoicemailSummarySchema>;

/** `mailbox`: whose, where one looks after it with others; absent: one's own. */
export const MailboxNewsSchema = Type.Object({
  ...VoicemailSummarySchema.properties,
  mailbox: Type.Optional(UserNameSchema),
});

export const SendingSchema = Type.Object(
  {
    messageId: VoicemailIdSchema,
    urgent: Type.Optional(Type.Boolean()),
    note: Type.Optional(NoteSchema),
  },
  strict,
);

export const VoicemailFileParamsSchema = Type.Object({
  id: VoicemailIdSchema,
  name: FileNameSchema,
});

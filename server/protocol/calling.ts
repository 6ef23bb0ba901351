import { Type } from 'typebox';
import { AdmissionSchema, CallStateSchema } from './calls.ts';
import { LanguageSchema } from './greetings.ts';
import { CallIdSchema, DisplayNameSchema, VoicemailIdSchema } from './ids.ts';
import { Empty, message, Secret, strict } from './message.ts';
import {
  DraftStateSchema,
  MessageBeingLeftSchema,
  SendingSchema,
  MailboxNewsSchema,
} from './voicemail.ts';
import { PersonSchema, UserNameSchema, UserSchema } from './people.ts';

/** The messages of calls: of sockets in no room. Times are RFC 3339 in UTC. */

export const callRequests = {
  /**
   * Can be called here from now on: who is signed in in this browser. Like `join` a first message;
   * the socket is in no room.
   */
  register: message(
    Type.Object({ active: Type.Boolean() }, strict),
    Type.Object({
      user: UserSchema,
      /** Those that ring or are talked in, on whatever device. */
      calls: Type.Array(CallStateSchema),
      missedCalls: Type.Integer(),
      /** Those that are being left in one's mailbox now. */
      messagesBeingLeft: Type.Array(MessageBeingLeftSchema),
    }),
  ),
  /** Is anybody at this browser? `away` is what all of somebody's browsers agree on. */
  setActive: message(Type.Object({ active: Type.Boolean() }, strict), Empty),
  /**
   * Call somebody: on a registered socket, or as the first message of a guest's, which has to say a
   * name. Who cannot be reached, whether there is anybody of that name or not, is a call that has
   * ended already. `callKey` is good for `followCall`.
   */
  placeCall: message(
    Type.Object(
      {
        to: UserNameSchema,
        name: Type.Optional(DisplayNameSchema),
        video: Type.Boolean(),
      },
      strict,
    ),
    Type.Object({
      call: CallStateSchema,
      callKey: Secret,
      /** Absent when it has ended. */
      admission: Type.Optional(AdmissionSchema),
    }),
  ),
  /** The caller's socket broke: go on with the call. Like `join` a first message. */
  followCall: message(
    Type.Object({ callKey: Secret }, strict),
    Type.Object({
      call: CallStateSchema,
      /** Absent once it has ended. */
      admission: Type.Optional(AdmissionSchema),
    }),
  ),
  /** `wrong_state` when somebody else was sooner, or it rings no more. */
  answerCall: message(
    Type.Object({ callId: CallIdSchema }, strict),
    Type.Object({ call: CallStateSchema, admission: AdmissionSchema }),
  ),
  declineCall: message(Type.Object({ callId: CallIdSchema }, strict), Empty),
  /** End it: while it rings for the caller, then for either. */
  hangUp: message(Type.Object({ callId: CallIdSchema }, strict), Empty),
  holdCall: message(
    Type.Object({ callId: CallIdSchema, held: Type.Boolean() }, strict),
    CallStateSchema,
  ),
  /** Go on with it on this device; the one before leaves the room with 4409. */
  moveCall: message(
    Type.Object({ callId: CallIdSchema }, strict),
    Type.Object({ call: CallStateSchema, admission: AdmissionSchema }),
  ),
  /** Ring somebody else to come into this call too. */
  addToCall: message(
    Type.Object({ callId: CallIdSchema, user: UserNameSchema }, strict),
    CallStateSchema,
  ),
  /**
   * Leave the other one to somebody: blind (`to`), or after having talked to them (`toCall`, another
   * call of one's own). One is out of it at once; when a blind one fails the call comes back.
   */
  transferCall: message(
    Type.Union([
      Type.Object({ callId: CallIdSchema, to: UserNameSchema }, strict),
      Type.Object({ callId: CallIdSchema, toCall: CallIdSchema }, strict),
    ]),
    Empty,
  ),

  /**
   * Leave a message, instead of ringing on or of a call that was not answered. The caller goes into a
   * room, where the greeting is played and the beep, and what is said is recorded.
   */
  leaveMessage: message(
    Type.Union([
      Type.Object(
        {
          callId: CallIdSchema,
          /** The greeting is one in this language, if there is one. */
          language: Type.Optional(LanguageSchema),
        },
        strict,
      ),
      /** Into the mailbox of who left this message, without ringing them. */
      Type.Object({ replyTo: VoicemailIdSchema, language: Type.Optional(LanguageSchema) }, strict),
    ]),
    Type.Object({
      message: DraftStateSchema,
      /** As Bearer for the files of the message, until it is sent. */
      messageKey: Secret,
      admission: AdmissionSchema,
    }),
  ),
  stopMessage: message(Type.Object({ messageId: VoicemailIdSchema }, strict), DraftStateSchema),
  /** What was said is gone, and after the beep it is said anew. */
  recordAgain: message(Type.Object({ messageId: VoicemailIdSchema }, strict), DraftStateSchema),
  /** Answered once it is safe: `saved`. */
  sendMessage: message(SendingSchema, DraftStateSchema),
  cancelMessage: message(Type.Object({ messageId: VoicemailIdSchema }, strict), Empty),
  /** Hear a message for oneself while it is left: the way into its room, unseen and unheard. */
  listenToMessage: message(
    Type.Object({ messageId: VoicemailIdSchema }, strict),
    Type.Object({ admission: AdmissionSchema }),
  ),
  /**
   * Talk to who is leaving a message for oneself: their call, that nobody had answered, is answered now.
   * `wrong_state` when they are gone, have sent it, or another device was sooner.
   */
  pickUpMessage: message(
    Type.Object({ messageId: VoicemailIdSchema }, strict),
    Type.Object({ call: CallStateSchema, admission: AdmissionSchema }),
  ),
} as const;

export const callNotifications = {
  /** Something about a call of one's own, on whatever device. */
  callChanged: CallStateSchema,
  /** Leave the room of the call that was transferred, and go on in this one. */
  callMoved: Type.Object({
    fromCallId: CallIdSchema,
    call: CallStateSchema,
    admission: AdmissionSchema,
  }),
  missedCallsChanged: Type.Object({ missedCalls: Type.Integer() }),
  /** To who leaves it. */
  messageChanged: DraftStateSchema,
  /** To registered sockets: somebody leaves one a message, and what becomes of it. */
  messageBeingLeft: MessageBeingLeftSchema,
  /** And how loud they are just now, in dBov, as often as `audioLevels`; null: silent. */
  messageLevel: Type.Object({
    messageId: VoicemailIdSchema,
    volume: Type.Union([Type.Number(), Type.Null()]),
  }),
  /** To registered sockets: what is in one's mailbox, or one that one looks after. */
  voicemailChanged: MailboxNewsSchema,
  /** To registered sockets: somebody whose presence one may see. */
  presenceChanged: PersonSchema,
} as const;

export type CallRequestName = keyof typeof callRequests;

import type { GreetingKind } from '../protocol/greetings.ts';
import type { EventType } from '../protocol/webhooks.ts';

/** Rows as they lie in the database, where names are written with underscores. Times: ms since 1970. */

export interface RoomRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly ownerSecretHash: Buffer;
  readonly ownerId: string | null;
  readonly locked: number;
  readonly listed: number;
  /** JSON of `RecordingSettings`. */
  readonly recording: string;
}

export interface RecordingRow {
  readonly id: string;
  readonly roomId: string;
  readonly roomName: string;
  readonly ownerSecretHash: string;
  readonly ownerId: string | null;
  readonly voicemail: string | null;
  readonly state: string;
  readonly startedAt: number;
  /** What `q` is looked for in: see `searchText`. */
  readonly search: string;
  /** JSON of `RecordingRecord`; the columns above are copies out of it. */
  readonly record: string;
}

export interface ShareRow {
  readonly id: string;
  readonly recordingId: string;
  readonly messageId: string | null;
  readonly secretHash: string;
  readonly lockHash: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
}

export interface RenderRow {
  readonly id: string;
  readonly recordingId: string;
  readonly state: string;
  /** JSON of `Render`; the columns above are copies out of it. */
  readonly render: string;
}

export interface ErasureRow {
  readonly recordingId: string;
  readonly participantId: string;
  /** JSON of `Erasure`; the columns above are copies out of it. */
  readonly erasure: string;
}

export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  /** JSON, a list of scopes. */
  readonly scopes: string;
  readonly secretHash: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly expiresAt: number | null;
}

export interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly role: string;
  readonly passwordHash: string | null;
  readonly openId: string | null;
  /** JSON of `PersonSettings`. */
  readonly settings: string;
  readonly createdAt: number;
}

export interface SignInRow {
  readonly id: string;
  readonly userId: string;
  readonly secretHash: string;
  readonly device: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
}

export interface InvitationRow {
  readonly id: string;
  readonly secretHash: string;
  readonly userName: string | null;
  readonly role: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface PushSubscriptionRow {
  readonly id: string;
  readonly userId: string;
  readonly signInId: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly createdAt: number;
}

export interface CallRow {
  readonly id: string;
  readonly callerId: string | null;
  readonly calleeId: string | null;
  readonly state: string;
  readonly startedAt: number;
  /** 0: not missed; 1: missed; 2: missed, and seen to be. */
  readonly missed: number;
  /** JSON of `CallRecord`; the columns above are copies out of it. */
  readonly call: string;
}

export interface MessageRow {
  readonly id: string;
  readonly mailbox: string;
  readonly state: string;
  readonly folder: string;
  readonly unread: number;
  readonly urgent: number;
  readonly durationMs: number;
  readonly caller: string;
  /** Of its files. */
  readonly bytes: number;
  readonly trashedAt: number | null;
  readonly recordingId: string | null;
  /** What `q` is looked for in. */
  readonly search: string;
  /** JSON of `Message`; the columns above are copies out of it. */
  readonly message: string;
}

export interface TranscriptRow {
  readonly messageId: string;
  readonly state: string;
  readonly language: string | null;
  readonly attempts: number;
  readonly dueAt: number;
  /** What `q` is looked for in. */
  readonly search: string;
  /** JSON of `Transcription`. */
  readonly transcription: string | null;
}

export interface OutboxRow {
  readonly messageId: string;
  /** JSON of the names of channels. */
  readonly told: string;
  readonly failures: number;
  readonly dueAt: number;
}

export interface DiscardedMediaRow {
  readonly recordingId: string;
}

export interface GreetingRow {
  readonly userId: string;
  readonly kind: GreetingKind;
  /** Empty: none. */
  readonly language: string;
  readonly until: number | null;
  readonly durationMs: number;
  readonly bytes: number;
  readonly updatedAt: number;
  readonly sound: Buffer;
}

export interface WebhookRow {
  readonly id: string;
  readonly url: string;
  /** JSON; null: all. */
  readonly events: string | null;
  readonly secret: string;
  readonly createdAt: number;
  readonly disabledAt: number | null;
}

export interface DeliveryRow {
  readonly id: string;
  readonly webhookId: string;
  readonly key: string;
  readonly type: EventType | 'test';
  readonly body: string;
  readonly createdAt: number;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly nextAttemptAt: number | null;
  readonly status: number | null;
  readonly durationMs: number | null;
  readonly error: string | null;
}

export interface CallClockRow {
  readonly id: number;
  /** When the calls that are open were known to be so. */
  readonly aliveAt: number;
}

export interface CallPlanRow {
  readonly userId: string;
  /** JSON of `CallPlan`. */
  readonly plan: string;
}

export interface MailboxQuotaRow {
  readonly mailbox: string;
  readonly bytes: number;
}

export interface MailboxMemberRow {
  readonly mailbox: string;
  readonly member: string;
  readonly role: string;
}

export interface Tables {
  readonly mailboxQuotas: MailboxQuotaRow;
  readonly mailboxMembers: MailboxMemberRow;
  readonly rooms: RoomRow;
  readonly recordings: RecordingRow;
  readonly shares: ShareRow;
  readonly renders: RenderRow;
  readonly erasures: ErasureRow;
  readonly apiKeys: ApiKeyRow;
  readonly accounts: AccountRow;
  readonly signIns: SignInRow;
  readonly invitations: InvitationRow;
  readonly calls: CallRow;
  readonly messages: MessageRow;
  readonly outbox: OutboxRow;
  readonly transcripts: TranscriptRow;
  readonly discardedMedia: DiscardedMediaRow;
  readonly greetings: GreetingRow;
  readonly webhooks: WebhookRow;
  readonly deliveries: DeliveryRow;
  readonly callClock: CallClockRow;
  readonly callPlans: CallPlanRow;
  readonly pushSubscriptions: PushSubscriptionRow;
}

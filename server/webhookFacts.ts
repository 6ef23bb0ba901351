import type { Accounts } from './accounts/Accounts.ts';
import type { Logger } from './base/logger.ts';
import { SerialQueue } from './base/SerialQueue.ts';
import { isMissed } from './calls/CallRecord.ts';
import { callResource } from './calls/callViews.ts';
import type { OpenCalls } from './calls/OpenCalls.ts';
import { recordingResource, timeOf } from './http/rest/recordingResource.ts';
import { roomResource } from './http/rest/roomResource.ts';
import { voicemailResource } from './http/rest/voicemailResource.ts';
import type { EventType } from './protocol/webhooks.ts';
import type { RecordingRecord } from './recordings/RecordingRecord.ts';
import type { RecordingService } from './recordings/RecordingService.ts';
import type { Member } from './rooms/Member.ts';
import type { Room } from './rooms/Room.ts';
import type { RoomRegistry } from './rooms/RoomRegistry.ts';
import type { Mailboxes } from './voicemail/Mailboxes.ts';
import type { Message } from './voicemail/Message.ts';
import type { VoicemailService } from './voicemail/VoicemailService.ts';
import type { Channel } from './voicemail/Outbox.ts';
import type { Webhooks } from './webhooks/Webhooks.ts';

export interface WebhookFactsOptions {
  readonly webhooks: Webhooks;
  readonly accounts: Pick<Accounts, 'find'>;
  readonly rooms: RoomRegistry;
  readonly recordings: RecordingService;
  readonly voicemail: Pick<VoicemailService, 'inRoom'>;
  readonly mailboxes: Mailboxes;
  readonly openCalls: Pick<OpenCalls, 'on'>;
  readonly logger: Logger;
}

type Say = (type: EventType, data: object | Promise<object | undefined>) => void;

/** What happens here, in the shapes of REST and in the order in which it happened. */
export const tellWebhooks = (
  options: WebhookFactsOptions,
): {
  /** New messages come by way of the outbox, so that none is missed. */
  readonly channel: Channel;
  /** Resolves once all that was said is written down. */
  readonly close: () => Promise<void>;
} => {
  const { webhooks, rooms, accounts, logger } = options;
  const queue = new SerialQueue();
  const say: Say = (type, data) => {
    queue
      .run(async () => {
        const known = await data;
        if (known) await webhooks.announce({ type, data: known });
      })
      .catch((error: unknown) => logger.error({ type, err: error }, 'webhooks not told'));
  };
  rooms.on('added', (room) => followRoom(room, say, options));
  followRecordings(say, options);
  followPeople(say, options);
  return {
    channel: {
      name: 'webhooks',
      async tell(message) {
        const data = await messageForWebhooks(message, accounts);
        const key = `created ${message.id}`;
        if (data) await webhooks.announce({ type: 'voicemail.created', data, key });
      },
    },
    close: () => queue.run(() => Promise.resolve()),
  };
};

/** A message as an administrator may know of it: what was written to its owner is not theirs to read. */
const messageForWebhooks = async (
  message: Message,
  accounts: Pick<Accounts, 'find'>,
): Promise<object | undefined> => {
  const owner = await accounts.find(message.mailbox);
  if (!owner) return undefined;
  return { voicemail: voicemailResource({ ...message, note: null, comment: null }, owner) };
};

/** Rooms in which messages are left are nobody's conference. */
const followRoom = (room: Room, say: Say, { recordings, voicemail }: WebhookFactsOptions): void => {
  const about = { id: room.id, name: room.name };
  let started = false;
  room.on('memberJoined', (member) => {
    if (!member.visible || voicemail.inRoom(room.id)) return;
    if (!started) say('room.started', { room: roomResource(room, recordings) });
    started = true;
    say('participant.joined', { room: about, participant: participantOf(member) });
  });
  room.on('memberLeft', (member, reason) => {
    // They come back when the server does.
    if (!member.visible || !started || reason === 'shutdown') return;
    say('participant.left', { room: about, participant: participantOf(member), reason });
    if (room.participantCount > 0) return;
    started = false;
    say('room.ended', { room: roomResource(room, recordings) });
  });
};

const participantOf = ({ id, name, role, connection, joinedAt }: Member) => ({
  id,
  name,
  role,
  connection,
  joinedAt: timeOf(joinedAt),
});

const followRecordings = (say: Say, { recordings }: WebhookFactsOptions): void => {
  const tell = (type: EventType, record: RecordingRecord): void => {
    if (record.voicemail !== undefined) return;
    say(
      type,
      recordingResource(recordings, record).then((recording) => ({ recording })),
    );
  };
  recordings.on('started', (record) => tell('recording.started', record));
  recordings.on('stopped', (record) => tell('recording.stopped', record));
  recordings.on('finished', (record) =>
    tell(record.state === 'failed' ? 'recording.failed' : 'recording.ready', record),
  );
};

const followPeople = (say: Say, { openCalls, mailboxes, accounts }: WebhookFactsOptions): void => {
  openCalls.on('changed', (call) => {
    if (call.state !== 'ended' || call.callee.userId === null || !isMissed(call)) return;
    say('call.missed', { user: call.callee.name, call: callResource(call, 'callee') });
  });
  mailboxes.on('read', (message) => say('voicemail.read', messageForWebhooks(message, accounts)));
};

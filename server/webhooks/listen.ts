import type { Accounts } from '../accounts/Accounts.ts';
import type { Logger } from '../base/logger.ts';
import { isMissed, type CallRecord } from '../calls/CallRecord.ts';
import type { OpenCalls } from '../calls/OpenCalls.ts';
import type { RecordingRecord } from '../recordings/RecordingRecord.ts';
import type { RecordingService } from '../recordings/RecordingService.ts';
import type { Member } from '../rooms/Member.ts';
import type { Room } from '../rooms/Room.ts';
import type { RoomRegistry } from '../rooms/RoomRegistry.ts';
import type { Mailboxes } from '../voicemail/Mailboxes.ts';
import type { Message } from '../voicemail/Message.ts';
import type { Channel } from '../voicemail/Outbox.ts';
import type { VoicemailService } from '../voicemail/VoicemailService.ts';
import type { Webhooks } from './Webhooks.ts';

export interface Sources {
  readonly rooms: RoomRegistry;
  readonly recordings: RecordingService;
  readonly openCalls: Pick<OpenCalls, 'on'>;
  readonly mailboxes: Mailboxes;
  readonly voicemail: Pick<VoicemailService, 'inRoom'>;
  readonly accounts: Pick<Accounts, 'find'>;
  readonly logger: Logger;
}

/** Whatever happens here becomes an event; new messages come by way of the outbox, so that none is missed. */
export const listen = (webhooks: Webhooks, sources: Sources): Channel => {
  const { rooms, recordings, openCalls, mailboxes, logger } = sources;
  const announce = (event: Parameters<Webhooks['announce']>[0]): void => {
    webhooks
      .announce(event)
      .catch((error: unknown) => logger.error({ type: event.type, err: error }, 'not announced'));
  };
  const started = new WeakSet<Room>();
  const watch = (room: Room): void => {
    room.on('memberJoined', (member) => {
      // What is said into a message is nobody else's.
      if (!member.visible || sources.voicemail.inRoom(room.id)) return;
      if (!started.has(room)) announce({ type: 'room.started', data: { room: named(room) } });
      started.add(room);
      announce({ type: 'participant.joined', data: participantIn(room, member) });
    });
    room.on('memberLeft', (member, reason) => {
      if (!member.visible || !started.has(room)) return;
      announce({ type: 'participant.left', data: { ...participantIn(room, member), reason } });
      if (room.participantCount > 0) return;
      started.delete(room);
      announce({ type: 'room.ended', data: { room: named(room) } });
    });
  };
  for (const room of rooms.all()) watch(room);
  rooms.on('added', watch);
  for (const event of ['started', 'stopped', 'finished'] as const) {
    recordings.on(event, (record) => {
      if (record.voicemail !== undefined) return;
      const ending = record.state === 'failed' ? 'failed' : 'ready';
      const type = `recording.${event === 'finished' ? ending : event}` as const;
      announce({ type, data: recordingOf(record) });
    });
  }
  openCalls.on('changed', (call) => {
    if (call.state !== 'ended' || !isMissed(call)) return;
    announce({ type: 'call.missed', data: callOf(call), key: `missed ${call.id}` });
  });
  const dataOf = async (message: Message): Promise<object> =>
    voicemailOf(message, (await sources.accounts.find(message.mailbox))?.name ?? null);
  mailboxes.on('read', (message) => {
    dataOf(message).then(
      (data) => announce({ type: 'voicemail.read', data }),
      (error: unknown) => logger.error({ err: error }, 'not announced'),
    );
  });
  return {
    name: 'webhooks',
    async tell(message) {
      const key = `created ${message.id}`;
      await webhooks.announce({ type: 'voicemail.created', data: await dataOf(message), key });
    },
  };
};

const named = ({ id, name }: Room) => ({ id, name });

const participantIn = (room: Room, { id, name }: Member) => ({
  room: named(room),
  participant: { id, name },
});

const recordingOf = ({ id, room, state, startedAt, durationMs, partial }: RecordingRecord) => ({
  recording: { id, room, state, startedAt: timeOf(startedAt), durationMs, partial },
});

const callOf = ({ id, caller, callee, startedAt }: CallRecord) => ({
  call: {
    id,
    from: { name: caller.name, displayName: caller.displayName },
    to: { name: callee.name, displayName: callee.displayName },
    startedAt: timeOf(startedAt),
  },
});

const voicemailOf = (
  { id, from, createdAt, durationMs, partial, urgent, readAt }: Message,
  mailbox: string | null,
) => ({
  voicemail: {
    id,
    mailbox,
    from: { name: from.name, displayName: from.displayName },
    createdAt: timeOf(createdAt),
    durationMs,
    partial,
    urgent,
    readAt: readAt === null ? null : timeOf(readAt),
  },
});

const timeOf = (at: number): string => new Date(at).toISOString();

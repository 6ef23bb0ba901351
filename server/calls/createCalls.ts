import type { Accounts } from '../accounts/Accounts.ts';
import type { SignIns } from '../accounts/SignIns.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../base/logger.ts';
import type { UserId } from '../protocol/ids.ts';
import type { RoomRegistry } from '../rooms/RoomRegistry.ts';
import type { CallNotices } from './CallNotices.ts';
import { CallHistory } from './CallHistory.ts';
import { CallPlans, type CallPlanStore } from './CallPlans.ts';
import type { CallRecord, CallStore } from './CallRecord.ts';
import { CallRooms } from './CallRooms.ts';
import { CallService, type CallServiceOptions } from './CallService.ts';
import { OpenCalls } from './OpenCalls.ts';
import type { Mailboxes } from '../voicemail/Mailboxes.ts';
import { tellOfMailbox } from './mailboxNews.ts';
import { PickUps, type PickUpsOptions } from './PickUps.ts';
import { Presences } from './Presences.ts';
import { Registrar } from './Registrar.ts';
import { Replies } from './Replies.ts';
import { RoomPresence } from './RoomPresence.ts';

/** What is older is nobody's business any more, and in no history. */
const HISTORY_KEPT_MS = 365 * 24 * 3_600_000;
const PRUNE_EVERY_MS = 6 * 3_600_000;
/** While calls are open it is written down that they were, this often. */
const ALIVE_EVERY_MS = 15_000;
/** Talking in one, and so many more ringing: who would take yet another? */
const MAX_WAITING = 3;

/** Of those who ring, so many guests at most: the line stays free for members. */
const MAX_GUESTS_WAITING = 2;

export interface Calls {
  readonly open: Pick<OpenCalls, 'on'>;
  readonly service: CallService;
  readonly pickUps: PickUps;
  readonly replies: Replies;
  readonly history: CallHistory;
  readonly plans: CallPlans;
  readonly registrar: Registrar;
  readonly presences: Presences;
  /** What is on is written down and goes on at the next start. */
  close(): Promise<void>;
}

export interface CallsOptions {
  readonly accounts: Accounts;
  readonly signIns: SignIns;
  readonly rooms: RoomRegistry;
  readonly stores: { readonly calls: CallStore; readonly plans: CallPlanStore };
  readonly notices: CallNotices;
  readonly voicemail: CallServiceOptions['voicemail'] & PickUpsOptions['voicemail'];
  readonly mailboxes: Mailboxes;
  readonly tokenSecret: Uint8Array;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** All there is of calling people, wired. */
export const createCalls = (options: CallsOptions): Calls => {
  const { accounts, signIns, rooms, stores, notices, tokenSecret, clock, logger } = options;
  const { voicemail, mailboxes } = options;
  const registrar = new Registrar();
  const open = new OpenCalls({ store: stores.calls, registrar, logger });
  const inRooms = new RoomPresence(rooms);
  const isTalking = (userId: UserId): boolean =>
    inRooms.has(userId) || open.of(userId).some(talks(userId));
  const plans = new CallPlans({
    store: stores.plans,
    accounts,
    clock,
    isReachable: async (userId) =>
      registrar.of(userId).length > 0 || (await notices.reaches(userId)),
    isBusy: ({ id, settings }, caller) =>
      (isTalking(id) && !settings.callWaiting) ||
      open.of(id).length > MAX_WAITING ||
      (caller.name === null && open.of(id).filter(isGuestWaiting).length >= MAX_GUESTS_WAITING),
  });
  const callRooms = new CallRooms({ rooms, open, clock, tokenSecret });
  const presences = new Presences({ accounts, registrar, isInCall: isTalking, logger });
  const pickUps = new PickUps({ open, rooms: callRooms, voicemail, registrar, clock });
  const service = new CallService({
    open,
    accounts,
    store: stores.calls,
    plans,
    rooms: callRooms,
    notices,
    voicemail,
    pickUps,
    clock,
    logger,
  });
  mailboxes.on('changed', (userId) => {
    tellOfMailbox(userId, { accounts, mailboxes, registrar }).catch((error: unknown) =>
      logger.error({ err: error }, 'mailbox not told'),
    );
  });
  mailboxes.members.on('changed', (userId) => mailboxes.emit('changed', userId));
  open.on('changed', ({ caller, callee }) => {
    for (const { userId } of [caller, callee]) if (userId) presences.changed(userId);
  });
  inRooms.on('changed', (userId) => presences.changed(userId));
  registrar.on('changed', (userId) => {
    if (registrar.of(userId).length === 0) service.callerGone(userId);
  });
  signIns.on('ended', ({ userId, id }) => registrar.closeOf(userId, id));
  accounts.on('removed', ({ id }) => {
    registrar.closeOf(id, undefined);
    service.endAllOf(id).catch((error: unknown) => {
      logger.error({ err: error }, 'calls of somebody removed not ended');
    });
  });
  const stopNoting = clock.every(ALIVE_EVERY_MS, () => {
    if (open.size === 0) return;
    stores.calls.alive(clock.now()).catch((error: unknown) => {
      logger.error({ err: error }, 'calls not noted to be alive');
    });
  });
  const prune = (): void => {
    stores.calls.prune(clock.now() - HISTORY_KEPT_MS).catch((error: unknown) => {
      logger.error({ err: error }, 'old calls not removed');
    });
  };
  const stopPruning = clock.every(PRUNE_EVERY_MS, prune);
  return {
    open,
    service,
    pickUps,
    replies: new Replies({ accounts, mailboxes, voicemail, plans }),
    history: new CallHistory({ store: stores.calls, open, clock }),
    plans,
    registrar,
    presences,
    async close() {
      stopNoting();
      stopPruning();
      await stores.calls.alive(clock.now());
      await service.close();
    },
  };
};

/** Is the call one that somebody talks in, or waits in for an answer? */
const talks =
  (userId: UserId) =>
  ({ state, caller }: { state: string; caller: { userId: UserId | null } }): boolean =>
    state === 'active' || caller.userId === userId;

const isGuestWaiting = ({ state, caller }: CallRecord): boolean =>
  state === 'ringing' && caller.userId === null;

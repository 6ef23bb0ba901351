import type { Accounts } from '../accounts/Accounts.ts';
import { hashSecret } from '../accounts/secret.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { CallOutcome } from '../protocol/calls.ts';
import type { CallId, UserId } from '../protocol/ids.ts';
import type { DraftListener } from '../voicemail/Draft.ts';
import type { VoicemailService } from '../voicemail/VoicemailService.ts';
import { noMailbox } from './CallPlans.ts';
import type { CallRecord } from './CallRecord.ts';
import { callNotFound, type OpenCalls } from './OpenCalls.ts';
import type { PickUps } from './PickUps.ts';

/** Later, whoever called calls again. */
const MESSAGE_WITHIN_MS = 300_000;

export interface CallsInVainOptions {
  readonly open: OpenCalls;
  readonly accounts: Accounts;
  readonly voicemail: Pick<VoicemailService, 'leave'>;
  readonly pickUps: Pick<PickUps, 'begun'>;
  readonly clock: Clock;
  readonly end: (call: CallRecord, outcome: CallOutcome) => Promise<void>;
}

/** Who says that a call is theirs. */
export type CallerProof = { readonly userId: UserId } | { readonly callKey: string };
type Leave = Awaited<ReturnType<VoicemailService['leave']>>;

/** Calls that nobody answered: a message can be left of them for a while. */
export class CallsInVain {
  readonly #options: CallsInVainOptions;
  readonly #calls = new Map<CallId, CallRecord>();

  constructor(options: CallsInVainOptions) {
    this.#options = options;
    options.open.on('changed', (call) => this.#note(call));
  }

  /**
   * A message instead of an answer: the caller, while it rings or soon after it was in vain.
   * AppError `not_found` when it is not theirs or there is no mailbox, `wrong_state`, `mailbox_full`.
   */
  async leaveMessage(
    by: CallerProof,
    { callId: id, language }: { callId: CallId; language?: string | undefined },
    listener: DraftListener,
  ): Promise<Leave> {
    const { open, accounts, voicemail, pickUps, end } = this.#options;
    const call = open.find(id) ?? this.#calls.get(id);
    if (!call || !isCaller(call, by)) throw callNotFound();
    if (call.answeredAt !== null) {
      throw new AppError('wrong_state', 'A message can be left of a call that nobody answered.');
    }
    const { userId } = call.callee;
    const mailbox = userId ? await accounts.find(userId) : undefined;
    if (!mailbox || call.outcome === 'blocked') throw noMailbox();
    if (call.state === 'ringing') await end(call, 'noAnswer');
    const reason = call.outcome ?? 'chosen';
    const { leg } = call.caller;
    const from = call.caller;
    const left = await voicemail.leave({
      mailbox,
      from,
      leg,
      isOfCall: true,
      reason,
      language,
      listener,
    });
    pickUps.begun(this.#calls.get(id) ?? call, left.draft);
    return left;
  }

  #note(call: CallRecord): void {
    // Picked up after all.
    if (call.state === 'active') this.#calls.delete(call.id);
    if (call.state !== 'ended' || call.answeredAt !== null) return;
    this.#calls.set(call.id, call);
    this.#options.clock.after(MESSAGE_WITHIN_MS, () => this.#calls.delete(call.id));
  }
}

const isCaller = ({ caller, callerKeyHash }: CallRecord, by: CallerProof): boolean =>
  'userId' in by
    ? caller.userId === by.userId
    : callerKeyHash === hashSecret(by.callKey).toString('hex');

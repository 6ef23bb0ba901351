import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { CallAdmission } from '../protocol/calls.ts';
import type { UserId, VoicemailId } from '../protocol/ids.ts';
import type { MessageBeingLeft } from '../protocol/voicemail.ts';
import type { Draft } from '../voicemail/Draft.ts';
import type { VoicemailService } from '../voicemail/VoicemailService.ts';
import { after, type CallRecord } from './CallRecord.ts';
import type { CallRooms } from './CallRooms.ts';
import type { OpenCalls } from './OpenCalls.ts';
import type { Registrar, Registration } from './Registrar.ts';

export interface PickUpsOptions {
  readonly open: OpenCalls;
  readonly rooms: CallRooms;
  readonly voicemail: Pick<VoicemailService, 'ofMailbox' | 'draft' | 'listen' | 'pickUp'>;
  readonly registrar: Registrar;
  readonly clock: Clock;
}

/** Messages while they are left: whom they are for is told, may listen, and may talk after all. */
export class PickUps {
  readonly #options: PickUpsOptions;
  /** The call that came to nothing, of each message that is being left. */
  readonly #calls = new Map<VoicemailId, CallRecord>();

  constructor(options: PickUpsOptions) {
    this.#options = options;
  }

  /** Somebody begins to leave a message instead of this call. */
  begun(call: CallRecord, draft: Draft): void {
    const { id, mailbox } = draft.message;
    const { registrar } = this.#options;
    this.#calls.set(id, call);
    let isTold = false;
    draft.on('changed', () => {
      const data = beingLeft(draft);
      // Who was never there has left without anybody knowing.
      isTold ||= data?.state === 'greeting';
      if (data && isTold) registrar.tell(mailbox, { name: 'messageBeingLeft', data });
    });
    draft.on('level', (volume) => {
      const data = { messageId: id, volume };
      registrar.tell(mailbox, { name: 'messageLevel', data });
    });
    draft.once('over', () => this.#calls.delete(id));
  }

  /** For a page that is opened meanwhile. */
  of(userId: UserId): MessageBeingLeft[] {
    return this.#options.voicemail
      .ofMailbox(userId)
      .flatMap((draft) => beingLeft(draft) ?? [])
      .filter(({ state }) => state !== 'pickedUp');
  }

  /** AppError `not_found` for others' alike, `wrong_state` when nobody is there any more. */
  async listen(
    { userId, signInId }: Pick<Registration, 'userId' | 'signInId'>,
    id: VoicemailId,
  ): Promise<CallAdmission> {
    return this.#options.voicemail.listen(this.#own(userId, id), signInId);
  }

  /**
   * The call is answered after all, and goes on where its caller is already. AppError `not_found`,
   * `wrong_state` when it is too late.
   */
  async pickUp(
    userId: UserId,
    id: VoicemailId,
  ): Promise<{ call: CallRecord; admission: CallAdmission }> {
    const { open, rooms, voicemail, clock } = this.#options;
    const draft = this.#own(userId, id);
    const before = this.#calls.get(id);
    if (!before) throw messageNotFound();
    const roomId = draft.room.id;
    const call = after(before, { name: 'pickedUp', at: clock.now(), roomId });
    voicemail.pickUp(draft);
    rooms.watch(roomId);
    await open.set(call);
    rooms.expect(call);
    await open.tellMissed(userId);
    return { call, admission: await rooms.admit(call, 'callee') };
  }

  #own(userId: UserId, id: VoicemailId): Draft {
    const draft = this.#options.voicemail.draft(id);
    if (draft.message.mailbox !== userId) throw messageNotFound();
    return draft;
  }
}

/** As its owner sees it; undefined: nobody is there yet. */
const beingLeft = ({ message, state: draft }: Draft): MessageBeingLeft | undefined => {
  const { state, recordingSince } = draft;
  if (state === 'waiting') return undefined;
  return {
    messageId: message.id,
    from: { name: message.from.name, displayName: message.from.displayName },
    since: new Date(message.createdAt).toISOString(),
    state,
    recordingSince,
  };
};

const messageNotFound = (): AppError => new AppError('not_found', 'There is no such message.');

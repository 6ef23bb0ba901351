import { AppError } from '../../base/AppError.ts';
import type { CallRequestName } from '../../protocol/calling.ts';
import type { VoicemailId } from '../../protocol/ids.ts';
import type { Draft, DraftListener } from '../../voicemail/Draft.ts';
import { proofOf, registered, userOf } from './callHandlers.ts';
import type { Connection, Handlers } from './Connection.ts';

type MessageRequestName = Extract<CallRequestName, `${string}Message` | 'recordAgain'>;

/** Leaving a message, on the socket of the call that was not answered; hearing it, on its owner's. */
export const messageHandlers: Pick<Handlers, MessageRequestName> = {
  async leaveMessage(connection, wish) {
    const { channel, services, state, address } = connection;
    const by = state.name === 'registered' ? state.identity.account.id : undefined;
    const about = 'replyTo' in wish ? wish.replyTo : wish.callId;
    services.callsPlaced.spend(address, undefined, about);
    services.callsPlaced.spendMessage(address, by);
    const listener: DraftListener = (data) => channel.notify({ name: 'messageChanged', data });
    const { draft, messageKey, admission } =
      'replyTo' in wish
        ? await services.replies.begin(userOf(connection), wish, listener)
        : await services.calls.leaveMessage(proofOf(connection), wish, listener);
    connection.drafts.add(draft.message.id);
    return { message: draft.state, messageKey, admission };
  },

  async stopMessage(connection, { messageId }) {
    const draft = draftOf(connection, messageId);
    await draft.stop();
    return draft.state;
  },

  async recordAgain(connection, { messageId }) {
    const draft = draftOf(connection, messageId);
    await draft.again();
    return draft.state;
  },

  async sendMessage(connection, { messageId, ...patch }) {
    const draft = draftOf(connection, messageId);
    await connection.services.voicemail.send(draft, patch);
    return draft.state;
  },

  async cancelMessage(connection, { messageId }) {
    await draftOf(connection, messageId).cancel();
    return {};
  },

  async listenToMessage(connection, { messageId }) {
    const { registration } = registered(connection);
    return { admission: await connection.services.pickUps.listen(registration, messageId) };
  },

  async pickUpMessage(connection, { messageId }) {
    const { pickUps, calls } = connection.services;
    const { call, admission } = await pickUps.pickUp(userOf(connection), messageId);
    return { call: calls.stateOf(call, 'callee'), admission };
  },
};

const draftOf = ({ drafts, services }: Connection, id: VoicemailId): Draft => {
  if (!drafts.has(id)) throw new AppError('not_found', 'There is no such message.');
  return services.voicemail.draft(id);
};

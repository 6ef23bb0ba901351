import { AppError } from '../../base/AppError.ts';
import type { CallerProof } from '../../calls/CallsInVain.ts';
import type { Placed } from '../../calls/CallService.ts';
import type { Registration } from '../../calls/Registrar.ts';
import type { CallRequestName } from '../../protocol/calling.ts';
import { CLOSE_CODE } from '../../protocol/errors.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { Identity } from '../rest/Access.ts';
import { userResource } from '../rest/peopleResources.ts';
import { entering, notSignedIn, type Connection, type Handlers } from './Connection.ts';

/** Longer than it takes to find out, however long somebody's rules are; people do not notice it. */
const NOT_RUNG_AFTER_MS = 60;

/** Calls of who is signed in, on a registered socket; and of guests, on one that is for their call. */
export const callHandlers: Pick<
  Handlers,
  Exclude<CallRequestName, `${string}Message` | 'recordAgain'>
> = {
  register: (connection, { active }) =>
    entering(connection, async () => {
      const { calls, registrar } = connection.services;
      const identity = await connection.identify();
      if (!identity) throw notSignedIn();
      if (connection.closed) throw new AppError('wrong_state', 'The socket closed');
      const registration = registrationOf(connection, identity, active);
      connection.state = { name: 'registered', identity, registration };
      registrar.add(registration);
      // What ended the sign-in meanwhile did not find the registration.
      if (!(await connection.identify())) {
        registration.close();
        throw notSignedIn();
      }
      const { account } = identity;
      return {
        user: userResource(account),
        calls: calls.openOf(account.id),
        missedCalls: await connection.services.callHistory.missedCount(account.id),
        messagesBeingLeft: connection.services.pickUps.of(account.id),
      };
    }),

  setActive(connection, { active }) {
    const { registration } = registered(connection);
    connection.services.registrar.setActive(registration, active);
    return {};
  },

  async placeCall(connection, { to, name, video }) {
    const { calls } = connection.services;
    spendCall(connection, to);
    if (connection.state.name === 'registered') {
      const { account } = connection.state.identity;
      const who = { account, displayName: account.displayName };
      return placedReply(connection, await evenly(connection, calls.place(who, to, video)));
    }
    return entering(connection, async () => {
      if (name === undefined) throw new AppError('bad_request', 'Say who you are: `name`.');
      const who = { account: undefined, displayName: name };
      const placed = await evenly(connection, calls.place(who, to, video));
      attendGuest(connection, placed, placed.callKey);
      return placedReply(connection, placed);
    });
  },

  followCall: (connection, { callKey }) =>
    entering(connection, async () => {
      const followed = await connection.services.calls.follow(callKey);
      attendGuest(connection, followed, callKey);
      const { call, side, admission } = followed;
      return {
        call: connection.services.calls.stateOf(call, side),
        ...(admission && { admission }),
      };
    }),

  async answerCall(connection, { callId }) {
    const { calls } = connection.services;
    const { call, admission } = await calls.answer(userOf(connection), callId);
    return { call: calls.stateOf(call, 'callee'), admission };
  },

  async declineCall(connection, { callId }) {
    await connection.services.calls.decline(userOf(connection), callId);
    return {};
  },

  async hangUp(connection, { callId }) {
    const { calls } = connection.services;
    if (connection.state.name === 'calling') await calls.hangUpByKey(connection.state.callKey);
    else await calls.hangUp(userOf(connection), callId);
    return {};
  },

  holdCall: (connection, { callId, held }) =>
    connection.services.calls.hold(userOf(connection), callId, held),

  async moveCall(connection, { callId }) {
    const { calls } = connection.services;
    const { call, side, admission } = await calls.move(userOf(connection), callId);
    return { call: calls.stateOf(call, side), admission };
  },

  addToCall(connection, { callId, user }) {
    const userId = userOf(connection);
    spendCall(connection, user);
    return connection.services.calls.addTo(userId, callId, user);
  },

  async transferCall(connection, data) {
    const { calls } = connection.services;
    const userId = userOf(connection);
    if ('to' in data) {
      spendCall(connection, data.to);
      await calls.transfer(userId, data.callId, data.to);
    } else await calls.join(userId, data.callId, data.toCall);
    return {};
  },
};

/** The socket closed: `goodbye` when its client meant to. */
export const endCallLine = ({ state, services }: Connection, goodbye: boolean): void => {
  if (state.name === 'registered') services.registrar.remove(state.registration);
  if (state.name !== 'calling') return;
  state.detach();
  if (goodbye) services.calls.cancelByKey(state.callKey);
};

/**
 * A call that ends without ringing is told at its time, not as soon as that is known: it would say who
 * there is, and who does not want to be called.
 */
const evenly = async ({ services }: Connection, placing: Promise<Placed>): Promise<Placed> => {
  const { promise: atItsTime, resolve } = Promise.withResolvers<void>();
  services.clock.after(NOT_RUNG_AFTER_MS, resolve);
  const placed = await placing;
  if (placed.call.state === 'ended') await atItsTime;
  return placed;
};

/** AppError `rate_limited`. */
const spendCall = ({ state, services, address }: Connection, to: string): void => {
  const caller = state.name === 'registered' ? state.identity.account.id : undefined;
  services.callsPlaced.spend(address, caller, to);
};

const registrationOf = (
  { channel }: Connection,
  { account, signIn }: Identity,
  active: boolean,
): Registration => ({
  userId: account.id,
  signInId: signIn.id,
  active,
  notify: (notification) => channel.notify(notification),
  close: () => channel.close(CLOSE_CODE.expired, 'Signed out'),
});

const attendGuest = (
  connection: Connection,
  { call }: Pick<Placed, 'call'>,
  callKey: string,
): void => {
  const { channel, services } = connection;
  const detach = services.calls.attachGuest(call, channel);
  connection.state = { name: 'calling', callKey, detach };
  if (connection.closed) endCallLine(connection, true);
};

const placedReply = ({ services }: Connection, { call, side, callKey, admission }: Placed) => ({
  call: services.calls.stateOf(call, side),
  callKey,
  ...(admission && { admission }),
});

/** By what a call is this client's. */
export const proofOf = ({ state }: Connection): CallerProof => {
  if (state.name === 'calling') return { callKey: state.callKey };
  if (state.name === 'registered') return { userId: state.identity.account.id };
  throw new AppError('wrong_state', 'Call somebody first');
};

/** The page that somebody is signed in on. AppError `wrong_state`. */
export const registered = ({ state }: Connection) => {
  if (state.name !== 'registered') throw new AppError('wrong_state', 'Register first');
  return state;
};

export const userOf = (connection: Connection): UserId =>
  registered(connection).identity.account.id;

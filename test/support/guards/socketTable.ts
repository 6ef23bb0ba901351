import { newId } from '../../../server/protocol/ids.ts';
import type { ClientRequestName } from '../../../server/protocol/signaling.ts';
import type { RawClient } from '../rawClient.ts';
import { dtlsParameters, microphone } from '../rtp.ts';
import type { Which } from './objects.ts';
import { noMediaId, publish, type SocketScene } from './SocketScene.ts';

type Ask = (scene: SocketScene, asker: RawClient, which: Which) => object | Promise<object>;

export interface SocketAnswers {
  /** Absent: the message has no data. */
  readonly data?: Ask;
  readonly rows: Readonly<Record<string, string>>;
}

/** Who asks, in the order of the columns. */
export const SOCKET_ASKERS: Readonly<Record<string, (scene: SocketScene) => Promise<RawClient>>> = {
  stranger: (scene) => scene.line(),
  'signed-out cookie': async (scene) => scene.line(await scene.signedOut()),
  member: async (scene) => scene.line((await scene.person()).cookie),
  'guest who calls': async (scene) => {
    const callee = await scene.person();
    await scene.page(callee);
    const line = await scene.line();
    await line.request('placeCall', { to: callee.name, name: 'Greta', video: false });
    return line;
  },
  'page of another': async (scene) => scene.page(await scene.person()),
  'page of the caller': async (scene) => (await scene.call('own')).caller,
  'page of the callee': async (scene) => (await scene.call('own')).callee,
  'guest of another room': (scene) => scene.joined(scene.elsewhere()),
  'guest of the room': (scene) => scene.joined(scene.room),
  'owner of the room': async (scene) => {
    const { room, ownerSecret } = scene;
    return scene.joined(room, { ownerSecret });
  },
};

const noSecret = 'x'.repeat(43);

const ringing: Ask = async (scene, _, which) => ({
  callId: which === 'absent' ? newId('call') : (await scene.call(which)).id,
});
const active: Ask = async (scene, _, which) => ({
  callId: which === 'absent' ? newId('call') : (await scene.answered(which)).id,
});
const beingLeft: Ask = async (scene, _, which) => ({
  messageId: which === 'absent' ? newId('vm') : await scene.beingLeft(which),
});
const draft: Ask = () => ({ messageId: newId('vm') });
const transport = async (scene: SocketScene, asker: RawClient, which: Which): Promise<string> => {
  if (which === 'absent') return noMediaId;
  const snapshot =
    which === 'own' ? scene.snapshotOf(asker) : (await scene.neighbour('own', asker)).snapshot;
  return snapshot?.media.send.id ?? noMediaId;
};
const track = async (scene: SocketScene, asker: RawClient, which: Which): Promise<string> => {
  if (which === 'absent') return noMediaId;
  if (which === 'foreign') return (await scene.neighbour('own', asker)).trackId;
  return scene.snapshotOf(asker) ? (await publish(asker)).trackId : noMediaId;
};

/**
 * Who is told what by each message: `ok`, or `state` (wrong_state: it needs another kind of socket),
 * `none` (not_found), `no` (forbidden), `who` (unauthorized). `own` and `foreign` as in the table of
 * routes; of a call, `own` is that of the two pages.
 */
// prettier-ignore
export const MESSAGES: Readonly<Record<ClientRequestName, SocketAnswers>> & Record<string, SocketAnswers> = {
  //           has said nothing     rings  page of                 in a room
  //           none   out   member  guest  other  caller callee    other  guest  owner
  join: { data: ({ room }, _, which) => ({ name: 'Ann', room: which === 'own' ? room : `${room}-absent` }), rows: {
    own:      'ok     ok    ok      state  state  state  state     state  state  state',
    // Members may start rooms here.
    absent:   'none   none  ok      state  state  state  state     state  state  state',
  } },
  resume: { data: async (scene, _, which) => {
    if (which === 'absent') return { resumeToken: noSecret };
    const gone = await scene.joined(scene.room);
    await gone.settled();
    await gone.cut();
    return { resumeToken: scene.snapshotOf(gone)?.self.resumeToken };
  }, rows: {
    own:      'ok     ok    ok      state  state  state  state     state  state  state',
    absent:   'none   none  none    state  state  state  state     state  state  state',
  } },
  leave: { rows: {
    any:      'state  state state   state  state  state  state     ok     ok     ok',
  } },
  ping: { rows: {
    any:      'ok     ok    ok      ok     ok     ok     ok        ok     ok     ok',
  } },
  receive: { data: (scene, asker) => ({
    rtpCapabilities: scene.snapshotOf(asker)?.media.rtpCapabilities ?? {},
  }), rows: {
    any:      'state  state state   state  state  state  state     ok     ok     ok',
  } },
  connectTransport: { data: async (...asked) => ({
    transportId: await transport(...asked),
    dtlsParameters: dtlsParameters(),
  }), rows: {
    own:      'state  state state   state  state  state  state     ok     ok     ok',
    foreign:  'state  state state   state  state  state  state     none   none   none',
    absent:   'state  state state   state  state  state  state     none   none   none',
  } },
  restartIce: { data: async (...asked) => ({ transportId: await transport(...asked) }), rows: {
    own:      'state  state state   state  state  state  state     ok     ok     ok',
    foreign:  'state  state state   state  state  state  state     none   none   none',
    absent:   'state  state state   state  state  state  state     none   none   none',
  } },
  publish: { data: async (...asked) => ({
    ...microphone(),
    transportId: await transport(...asked),
  }), rows: {
    own:      'state  state state   state  state  state  state     ok     ok     ok',
    foreign:  'state  state state   state  state  state  state     none   none   none',
    absent:   'state  state state   state  state  state  state     none   none   none',
  } },
  unpublish: { data: async (...asked) => ({ trackId: await track(...asked) }), rows: {
    own:      'state  state state   state  state  state  state     ok     ok     ok',
    foreign:  'state  state state   state  state  state  state     none   none   none',
    absent:   'state  state state   state  state  state  state     none   none   none',
  } },
  pauseTrack: { data: async (...asked) => ({
    trackId: await track(...asked),
    paused: true,
  }), rows: {
    own:      'state  state state   state  state  state  state     ok     ok     ok',
    foreign:  'state  state state   state  state  state  state     none   none   none',
    absent:   'state  state state   state  state  state  state     none   none   none',
  } },
  // Says what would be shown, if it were sent.
  setView: { data: async (scene, asker, which) => ({ tiles: [{
    trackId: which === 'absent' ? noMediaId : (await scene.neighbour(which, asker)).trackId,
    width: 320,
    height: 180,
  }] }), rows: {
    own:      'state  state state   state  state  state  state     ok     ok     ok',
    foreign:  'state  state state   state  state  state  state     ok     ok     ok',
    absent:   'state  state state   state  state  state  state     ok     ok     ok',
  } },
  updateRoom: { data: () => ({ listed: false }), rows: {
    any:      'state  state state   state  state  state  state     no     no     ok',
  } },
  removeParticipant: { data: async (scene, asker, which) => ({
    participantId: which === 'absent'
      ? newId('part')
      : (await scene.neighbour(which, asker)).snapshot.self.id,
  }), rows: {
    own:      'state  state state   state  state  state  state     no     no     ok',
    foreign:  'state  state state   state  state  state  state     no     no     none',
    absent:   'state  state state   state  state  state  state     no     no     none',
  } },
  startRecording: { rows: {
    any:      'state  state state   state  state  state  state     no     no     ok',
  } },
  // Nobody records: who may is told so.
  pauseRecording: { rows: {
    any:      'state  state state   state  state  state  state     no     no     state',
  } },
  resumeRecording: { rows: {
    any:      'state  state state   state  state  state  state     no     no     state',
  } },
  stopRecording: { rows: {
    any:      'state  state state   state  state  state  state     no     no     ok',
  } },
  consentToRecording: { data: () => ({ agreed: true }), rows: {
    any:      'state  state state   state  state  state  state     ok     ok     ok',
  } },
  register: { data: () => ({ active: true }), rows: {
    any:      'who    who   ok      state  state  state  state     state  state  state',
  } },
  setActive: { data: () => ({ active: false }), rows: {
    any:      'state  state state   state  ok     ok     ok        state  state  state',
  } },
  placeCall: { data: () => ({ to: 'nobody-here', name: 'Greta', video: false }), rows: {
    any:      'ok     ok    ok      state  ok     ok     ok        state  state  state',
  } },
  // A key is for whoever has it.
  followCall: { data: async (scene, _, which) => ({
    callKey: which === 'absent' ? noSecret : (await scene.call(which)).callKey,
  }), rows: {
    own:      'ok     ok    ok      state  state  state  state     state  state  state',
    foreign:  'ok     ok    ok      state  state  state  state     state  state  state',
    absent:   'none   none  none    state  state  state  state     state  state  state',
  } },
  answerCall: { data: ringing, rows: {
    own:      'state  state state   state  none   none   ok        state  state  state',
    foreign:  'state  state state   state  none   none   none      state  state  state',
    absent:   'state  state state   state  none   none   none      state  state  state',
  } },
  declineCall: { data: ringing, rows: {
    own:      'state  state state   state  none   none   ok        state  state  state',
    foreign:  'state  state state   state  none   none   none      state  state  state',
    absent:   'state  state state   state  none   none   none      state  state  state',
  } },
  // A guest has one call, and it is that which ends.
  hangUp: { data: ringing, rows: {
    own:      'state  state state   ok     none   ok     ok        state  state  state',
    foreign:  'state  state state   ok     none   none   none      state  state  state',
    absent:   'state  state state   ok     none   none   none      state  state  state',
  } },
  holdCall: { data: async (...asked) => ({ ...(await active(...asked)), held: true }), rows: {
    own:      'state  state state   state  none   ok     ok        state  state  state',
    foreign:  'state  state state   state  none   none   none      state  state  state',
    absent:   'state  state state   state  none   none   none      state  state  state',
  } },
  moveCall: { data: active, rows: {
    own:      'state  state state   state  none   ok     ok        state  state  state',
    foreign:  'state  state state   state  none   none   none      state  state  state',
    absent:   'state  state state   state  none   none   none      state  state  state',
  } },
  addToCall: { data: async (...asked) => ({ ...(await active(...asked)), user: 'nobody-here' }), rows: {
    own:      'state  state state   state  none   ok     ok        state  state  state',
    foreign:  'state  state state   state  none   none   none      state  state  state',
    absent:   'state  state state   state  none   none   none      state  state  state',
  } },
  transferCall: { data: async (...asked) => ({ ...(await active(...asked)), to: 'nobody-here' }), rows: {
    own:      'state  state state   state  none   ok     ok        state  state  state',
    foreign:  'state  state state   state  none   none   none      state  state  state',
    absent:   'state  state state   state  none   none   none      state  state  state',
  } },
  // One's own call to somebody else's.
  'transferCall into another': { data: async (scene, asker, which) => ({
    ...(await active(scene, asker, 'own')),
    toCall: which === 'absent' ? newId('call') : (await scene.answered(which)).id,
  }), rows: {
    foreign:  'state  state state   state  none   none   none      state  state  state',
    absent:   'state  state state   state  none   none   none      state  state  state',
  } },
  leaveMessage: { data: ringing, rows: {
    own:      'state  state state   none   none   ok     none      state  state  state',
    foreign:  'state  state state   none   none   none   none      state  state  state',
    absent:   'state  state state   none   none   none   none      state  state  state',
  } },
  // Only pages of people reply.
  'leaveMessage as a reply': { data: () => ({ replyTo: newId('vm') }), rows: {
    absent:   'state  state state   state  none   none   none      state  state  state',
  } },
  // A message is of the socket that it was begun on, and of no other.
  stopMessage: { data: draft, rows: {
    absent:   'none   none  none    none   none   none   none      none   none   none',
  } },
  recordAgain: { data: draft, rows: {
    absent:   'none   none  none    none   none   none   none      none   none   none',
  } },
  sendMessage: { data: draft, rows: {
    absent:   'none   none  none    none   none   none   none      none   none   none',
  } },
  cancelMessage: { data: draft, rows: {
    absent:   'none   none  none    none   none   none   none      none   none   none',
  } },
  listenToMessage: { data: beingLeft, rows: {
    own:      'state  state state   state  none   none   ok        state  state  state',
    foreign:  'state  state state   state  none   none   none      state  state  state',
    absent:   'state  state state   state  none   none   none      state  state  state',
  } },
  pickUpMessage: { data: beingLeft, rows: {
    own:      'state  state state   state  none   none   ok        state  state  state',
    foreign:  'state  state state   state  none   none   none      state  state  state',
    absent:   'state  state state   state  none   none   none      state  state  state',
  } },
};

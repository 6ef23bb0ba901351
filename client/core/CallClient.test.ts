import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallState } from '../../server/protocol/calls.ts';
import type { DraftState } from '../../server/protocol/voicemail.ts';
import { aCall } from '../../test/support/aCall.ts';
import { FakeSocket } from '../../test/support/peerFakeSocket.ts';
import { CallClient } from './CallClient.ts';
import { createCallsStore } from './callsStore.ts';

const aDraft = (more: Partial<DraftState> = {}): DraftState => ({
  id: 'vm_1',
  state: 'waiting',
  problem: null,
  recordingSince: null,
  maxMs: 180_000,
  durationMs: 0,
  video: false,
  url: null,
  videoUrl: null,
  ...more,
});

const admission = (n = 1) => ({ roomId: `room_${n}` as const, token: `token ${n}` });
const KEY = 'key-of-the-caller';

const signedOut = vi.fn<() => void>();

const create = () => {
  const store = createCallsStore();
  const client = new CallClient({
    store,
    url: 'ws://test',
    WebSocket: FakeSocket,
    onSignedOut: signedOut,
  });
  return { store, client };
};

const flush = () => vi.advanceTimersByTimeAsync(0);

const openLast = async (): Promise<FakeSocket> => {
  await flush();
  FakeSocket.last.open();
  await flush();
  return FakeSocket.last;
};

const welcome = (socket: FakeSocket, calls: readonly CallState[] = [], missedCalls = 0) => {
  socket.answer('register', { calls, missedCalls, messagesBeingLeft: [] });
  return flush();
};

const signedIn = async (calls: readonly CallState[] = []) => {
  const { store, client } = create();
  client.signIn();
  const socket = await openLast();
  await welcome(socket, calls);
  const changed = (more: Partial<CallState>) =>
    socket.receive({ notification: true, method: 'callChanged', data: aCall(more) });
  return { store, client, socket, changed };
};

/** Asks, and answers what was asked. */
const does = async (asked: Promise<unknown>, answer: () => void): Promise<void> => {
  await flush();
  answer();
  await asked;
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  signedOut.mockReset();
  FakeSocket.forget();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('who is signed in', () => {
  it('knows the calls, the missed ones and who is there', async () => {
    const { store, socket, changed } = await signedIn([aCall({ id: 'call_7' })]);
    expect(store.line.value).toBe('open');
    changed({ id: 'call_8' });
    expect([...store.calls.value.keys()]).toEqual(['call_7', 'call_8']);
    socket.receive({ notification: true, method: 'missedCallsChanged', data: { missedCalls: 3 } });
    expect(store.missedCalls.value).toBe(3);
    const ben = { name: 'ben', displayName: 'Ben', presence: 'away' };
    socket.receive({ notification: true, method: 'presenceChanged', data: ben });
    expect(store.people.value.get('ben')).toEqual(ben);
  });

  it('says whether anybody is there, also what has changed meanwhile', async () => {
    const { store, client } = create();
    client.setActive(false);
    client.signIn();
    const socket = await openLast();
    expect(socket.request('register')?.data).toEqual({ active: false });
    client.setActive(true);
    await welcome(socket);
    expect(socket.request('setActive')?.data).toEqual({ active: true });
    socket.answer('setActive');
    await flush();
    expect(store.line.value).toBe('open');
    client.setActive(false);
    expect(socket.request('setActive')?.data).toEqual({ active: false });
  });

  it('is told of messages while they are left, hears them and picks up', async () => {
    const { store, client, socket } = await signedIn();
    const data = {
      messageId: 'vm_1',
      from: { name: null, displayName: 'Greta' },
      since: new Date().toISOString(),
      state: 'greeting',
      recordingSince: null,
    };
    socket.receive({ notification: true, method: 'messageBeingLeft', data });
    expect([...store.messagesBeingLeft.value.values()]).toEqual([data]);
    const level = (volume: number | null) =>
      socket.receive({
        notification: true,
        method: 'messageLevel',
        data: { messageId: 'vm_1', volume },
      });
    level(-30);
    expect(store.messageLevels.value.get('vm_1')).toBe(-30);
    level(null);
    expect(store.messageLevels.value.size).toBe(0);
    const listening = client.listenToMessage('vm_1');
    await flush();
    socket.answer('listenToMessage', { admission: admission(7) });
    expect(await listening).toEqual(admission(7));
    expect(store.places.value).toEqual([]);
    const picking = client.pickUpMessage('vm_1');
    await flush();
    const call = aCall({ state: 'active', roomId: 'room_7' });
    socket.answer('pickUpMessage', { call, admission: admission(7) });
    expect(await picking).toMatchObject({ id: 'call_1' });
    expect(store.places.value).toEqual([admission(7)]);
  });

  it('is told of calls that ended while the line was down', async () => {
    const { store, socket, changed } = await signedIn();
    changed({});
    socket.drop(1006);
    expect(store.line.value).toBe('waiting');
    await vi.advanceTimersByTimeAsync(300);
    await welcome(await openLast(), [aCall({ id: 'call_2' })], 1);
    expect(store.calls.value.get('call_1')).toMatchObject({ state: 'ended', outcome: null });
    expect(store.calls.value.get('call_2')).toMatchObject({ state: 'ringing' });
    expect(store.missedCalls.value).toBe(1);
  });

  it('hears that the sign-in is over', async () => {
    const { store, socket } = await signedIn([aCall()]);
    socket.drop(4401);
    expect(signedOut).toHaveBeenCalledOnce();
    expect(store.line.value).toBe('off');
    expect(store.calls.value.get('call_1')?.state).toBe('ended');
  });
});

describe('the place of this device', () => {
  it('is the room of a call it placed, from the first ringing until it is out of it', async () => {
    const { store, client, socket, changed } = await signedIn();
    const outgoing = { direction: 'outgoing' } as const;
    await does(client.place({ to: 'ana', video: true }), () =>
      socket.answer('placeCall', {
        call: aCall(outgoing),
        callKey: KEY,
        admission: admission(),
      }),
    );
    expect(store.places.value).toEqual([admission()]);
    changed({ ...outgoing, state: 'active' });
    // Others may still be in the room: only who was in it knows when one is out of it.
    changed({ ...outgoing, state: 'ended', outcome: 'completed' });
    expect(store.places.value).toEqual([admission()]);
    client.left('room_1');
    expect(store.places.value).toEqual([]);
  });

  it('is nowhere when nobody could be reached', async () => {
    const { store, client, socket } = await signedIn();
    await does(client.place({ to: 'ana', video: false }), () =>
      socket.answer('placeCall', {
        call: aCall({ direction: 'outgoing', state: 'ended', outcome: 'unavailable' }),
        callKey: KEY,
      }),
    );
    expect(store.places.value).toEqual([]);
    expect(store.calls.value.get('call_1')?.outcome).toBe('unavailable');
  });

  it('is where it answered, and nowhere when another device was sooner', async () => {
    const { store, client, socket, changed } = await signedIn([aCall()]);
    const late = client.answer('call_1').catch((error: unknown) => error);
    await flush();
    changed({ state: 'active' });
    socket.refuse('answerCall', 'wrong_state');
    expect(await late).toMatchObject({ code: 'wrong_state' });
    expect(store.places.value).toEqual([]);

    await does(client.move('call_1'), () =>
      socket.answer('moveCall', { call: aCall({ state: 'active' }), admission: admission() }),
    );
    expect(store.places.value).toEqual([admission()]);
  });

  it('can be two rooms at once, and goes on to another one', async () => {
    const { store, client, socket } = await signedIn([
      aCall(),
      aCall({ id: 'call_2', roomId: 'room_2' }),
    ]);
    for (const n of [1, 2] as const) {
      const call = aCall({ id: `call_${n}`, roomId: `room_${n}`, state: 'active' });
      await does(client.answer(call.id), () =>
        socket.answer('answerCall', { call, admission: admission(n) }),
      );
    }
    expect(store.places.value).toEqual([admission(1), admission(2)]);
    const call = aCall({ id: 'call_3', roomId: 'room_3', state: 'active', via: 'Ana' });
    const moved = { fromCallId: 'call_1', call, admission: admission(3) };
    socket.receive({ notification: true, method: 'callMoved', data: moved });
    expect(store.places.value).toEqual([admission(2), admission(3)]);
    // Of another device, that one has to see to it.
    socket.receive({ notification: true, method: 'callMoved', data: moved });
    expect(store.places.value).toEqual([admission(2), admission(3)]);
  });

  it('is nowhere as soon as one has passed the call on', async () => {
    const { store, client, socket } = await signedIn([aCall()]);
    await does(client.answer('call_1'), () =>
      socket.answer('answerCall', { call: aCall({ state: 'active' }), admission: admission() }),
    );
    await does(client.transfer({ callId: 'call_1', to: 'cem' }), () =>
      socket.answer('transferCall'),
    );
    expect(store.places.value).toEqual([]);
  });
});

const placeAsGuest = async (client: CallClient) => {
  const placing = client.place({ to: 'ana', video: false, name: 'Gus' });
  return { placing, socket: await openLast() };
};
const placed = (more: Partial<CallState> = {}) => ({
  call: aCall({ direction: 'outgoing', ...more }),
  callKey: KEY,
  admission: admission(),
});

describe('who is not signed in', () => {
  it('has a line while it is in the call, and goes on with it on the next one', async () => {
    const { store, client } = create();
    expect(FakeSocket.all).toEqual([]);
    const { placing, socket } = await placeAsGuest(client);
    expect(socket.request('placeCall')?.data).toEqual({ to: 'ana', video: false, name: 'Gus' });
    socket.answer('placeCall', placed());
    await expect(placing).resolves.toMatchObject({ callKey: KEY });
    socket.drop(1006);
    await vi.advanceTimersByTimeAsync(300);
    const next = await openLast();
    expect(next.request('followCall')?.data).toEqual({ callKey: KEY });
    next.answer('followCall', placed({ state: 'active' }));
    await flush();
    expect(store.calls.value.get('call_1')?.state).toBe('active');
    const ended = aCall({ direction: 'outgoing', state: 'ended', outcome: 'completed' });
    next.receive({ notification: true, method: 'callChanged', data: ended });
    expect(next.closedWith).toBeNull();
    client.left('room_1');
    await vi.advanceTimersByTimeAsync(3000);
    expect(next.closedWith).toBe(1000);
  });

  it('hears how the call ended also when it is out of the room sooner', async () => {
    const { store, client } = create();
    const { placing, socket } = await placeAsGuest(client);
    socket.answer('placeCall', placed());
    await placing;
    client.left('room_1');
    const declined = aCall({ direction: 'outgoing', state: 'ended', outcome: 'declined' });
    socket.receive({ notification: true, method: 'callChanged', data: declined });
    expect(store.calls.value.get('call_1')?.outcome).toBe('declined');
    expect(socket.closedWith).toBe(1000);
  });

  it('leaves a message of a call in vain, over the line of the call', async () => {
    const { store, client } = create();
    const { placing, socket } = await placeAsGuest(client);
    const call = aCall({ direction: 'outgoing', state: 'ended', mailbox: true });
    socket.answer('placeCall', { call, callKey: KEY });
    await placing;
    const leaving = client.leaveMessage({ callId: 'call_1' });
    await flush();
    expect(socket.request('leaveMessage')?.data).toEqual({ callId: 'call_1' });
    const message = aDraft();
    socket.answer('leaveMessage', { message, messageKey: 'key', admission: admission() });
    await expect(leaving).resolves.toMatchObject({ messageKey: 'key' });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(socket.closedWith).toBeNull();
    const data = aDraft({ state: 'recording' });
    socket.receive({ notification: true, method: 'messageChanged', data });
    expect(store.draft.value?.state).toBe('recording');
    client.messageOver();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(store.draft.value).toBeNull();
    expect(socket.closedWith).toBe(1000);
  });

  it('talks in the room of the message when it is picked up', async () => {
    const { store, client } = create();
    const { placing, socket } = await placeAsGuest(client);
    const call = aCall({ direction: 'outgoing', state: 'ended', mailbox: true });
    socket.answer('placeCall', { call, callKey: KEY });
    await placing;
    const leaving = client.leaveMessage({ callId: 'call_1' });
    await flush();
    const message = aDraft();
    socket.answer('leaveMessage', { message, messageKey: 'key', admission: admission(7) });
    await leaving;
    const answeredAt = new Date().toISOString();
    const data = { ...call, state: 'active', mailbox: false, roomId: 'room_7', answeredAt };
    socket.receive({ notification: true, method: 'callChanged', data });
    expect(store.places.value).toEqual([admission(7)]);
    expect(store.calls.value.get('call_1')).toMatchObject({ state: 'active' });
    client.messageOver();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(socket.closedWith).toBeNull();
  });

  it('does not wait for a message that is not left', async () => {
    const { client } = create();
    const { placing, socket } = await placeAsGuest(client);
    const call = aCall({ direction: 'outgoing', state: 'ended', mailbox: true });
    socket.answer('placeCall', { call, callKey: KEY });
    await placing;
    const leaving = client.leaveMessage({ callId: 'call_1' }).catch((error: unknown) => error);
    await flush();
    socket.refuse('leaveMessage', 'not_found');
    expect(await leaving).toMatchObject({ code: 'not_found' });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(socket.closedWith).toBe(1000);
  });

  it('goes on after the page was loaded anew', async () => {
    const { store, client } = create();
    const following = client.follow(KEY);
    // Somebody finds out meanwhile that nobody is signed in.
    client.signOut();
    const socket = await openLast();
    socket.answer('followCall', { call: placed().call, admission: admission() });
    await expect(following).resolves.toMatchObject({ state: 'ringing' });
    expect(store.places.value).toEqual([admission()]);
  });

  it('is told no', async () => {
    const { client } = create();
    const { placing, socket } = await placeAsGuest(client);
    const failure = placing.catch((error: unknown) => error);
    socket.refuse('placeCall', 'rate_limited');
    expect(await failure).toMatchObject({ code: 'rate_limited' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it('does not ring twice for an answer that was lost', async () => {
    const { client } = create();
    const { placing, socket } = await placeAsGuest(client);
    const failure = placing.catch((error: unknown) => error);
    socket.drop(1006);
    expect(await failure).toMatchObject({ code: 'closed' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it('is told when there is no server', async () => {
    const { client } = create();
    const failure = client
      .place({ to: 'ana', video: false, name: 'Gus' })
      .catch((error: unknown) => error);
    await flush();
    const timer = setInterval(() => FakeSocket.last.drop(1006), 10);
    await vi.advanceTimersByTimeAsync(20_000);
    clearInterval(timer);
    expect(await failure).toMatchObject({ code: 'timeout' });
  });

  it('learns that the call was forgotten', async () => {
    const { store, client } = create();
    const { placing, socket } = await placeAsGuest(client);
    socket.answer('placeCall', placed({ state: 'active' }));
    await placing;
    socket.drop(1012);
    await vi.advanceTimersByTimeAsync(300);
    (await openLast()).refuse('followCall', 'not_found');
    await flush();
    expect(store.calls.value.get('call_1')?.state).toBe('ended');
  });
});

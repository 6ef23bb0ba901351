import { describe, expect, it, vi } from 'vitest';
import type { Consumer, Transport } from './mediasoup.ts';
import { Receiver, type TrackOffer } from './Receiver.ts';

interface FakeConsumer {
  readonly id: string;
  readonly track: MediaStreamTrack;
  readonly close: () => void;
}

const fakeConsumer = (id: string): FakeConsumer => ({
  id,
  track: { id } as MediaStreamTrack,
  close: vi.fn<() => void>(),
});

const offer = (trackId: string, consumerId: string): TrackOffer => ({
  trackId,
  consumerId,
  participantId: 'part_1',
  kind: 'video',
  source: 'camera',
  rtpParameters: { codecs: [], encodings: [] },
});

const create = () => {
  const pending: { id: string; resolve: (consumer: FakeConsumer) => void }[] = [];
  const consume = vi.fn<(options: { id: string }) => Promise<Consumer>>(
    ({ id }) =>
      new Promise((resolve) => {
        const settle = resolve as unknown as (consumer: FakeConsumer) => void;
        pending.push({ id, resolve: settle });
      }),
  );
  const onReceived = vi.fn<(trackId: string, track: MediaStreamTrack) => void>();
  const onGone = vi.fn<(trackId: string) => void>();
  const transport = { consume } as unknown as Transport;
  return {
    pending,
    consume,
    onReceived,
    onGone,
    receiver: new Receiver({ transport, onReceived, onGone }),
  };
};

describe('Receiver', () => {
  it('consumes in the order of offers and answers each as soon as it is there', async () => {
    const { receiver, pending, onReceived } = create();
    const first = receiver.accept(offer('t1', 'c1'));
    const second = receiver.accept(offer('t2', 'c2'));
    expect(pending.map(({ id }) => id)).toEqual(['c1', 'c2']);
    pending[1]!.resolve(fakeConsumer('c2'));
    await second;
    expect(onReceived.mock.calls.map(([trackId]) => trackId)).toEqual(['t2']);
    pending[0]!.resolve(fakeConsumer('c1'));
    await first;
  });

  it('never has two consumers for an offer that is repeated', async () => {
    const { receiver, pending, consume } = create();
    const once = receiver.accept(offer('t1', 'c1'));
    const twice = receiver.accept(offer('t1', 'c1'));
    pending[0]!.resolve(fakeConsumer('c1'));
    await Promise.all([once, twice]);
    await receiver.accept(offer('t1', 'c1'));
    expect(consume).toHaveBeenCalledTimes(1);
  });

  it('replaces the consumer of a track that is offered through another', async () => {
    const { receiver, pending, onGone } = create();
    const old = fakeConsumer('c1');
    const first = receiver.accept(offer('t1', 'c1'));
    pending[0]!.resolve(old);
    await first;
    const second = receiver.accept(offer('t1', 'c2'));
    expect(old.close).toHaveBeenCalledTimes(1);
    expect(onGone.mock.calls).toEqual([['t1']]);
    pending[1]!.resolve(fakeConsumer('c2'));
    await second;
    expect(receiver.consumers().map(([, consumer]) => consumer.id)).toEqual(['c2']);
  });

  it('closes what arrives for a track that went away meanwhile', async () => {
    const { receiver, pending, onReceived } = create();
    const late = fakeConsumer('c1');
    const accepting = receiver.accept(offer('t1', 'c1'));
    receiver.drop('t1');
    pending[0]!.resolve(late);
    await expect(accepting).rejects.toThrow('went away');
    expect(late.close).toHaveBeenCalledTimes(1);
    expect(onReceived).not.toHaveBeenCalled();
  });

  it('keeps only what the room still has', async () => {
    const { receiver, pending, onGone } = create();
    const both = [receiver.accept(offer('t1', 'c1')), receiver.accept(offer('t2', 'c2'))];
    for (const { id, resolve } of pending) resolve(fakeConsumer(id));
    await Promise.all(both);
    receiver.keepOnly(new Set(['t2']));
    expect(onGone.mock.calls).toEqual([['t1']]);
    receiver.close();
    expect(receiver.trackIds()).toEqual([]);
  });
});

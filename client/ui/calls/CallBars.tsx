import type { JSX } from 'preact';
import type { CallState } from '../../../server/protocol/calls.ts';
import { Icon } from '../parts/Icon.tsx';
import { nameOf } from './callWords.ts';
import { centre } from './centre.ts';
import type { Leg } from './Leg.ts';
import { useTone } from './useTone.ts';

const OnHold = ({ leg }: { leg: Leg }): JSX.Element | null =>
  leg.held.value ? (
    <div class="bar warn">
      <Icon name="pause" />
      <span>
        <strong>On hold.</strong> You do not hear each other.
      </span>
      <button type="button" class="button small narrow" onClick={() => void leg.setHeld(false)}>
        Resume
      </button>
    </div>
  ) : null;

const HeldByOther = ({ leg }: { leg: Leg }): JSX.Element | null => {
  useTone('hold', leg.heldByOther.value);
  if (!leg.heldByOther.value) return null;
  return (
    <p class="bar warn">
      <Icon name="pause" />
      <span>
        <strong>On hold.</strong> {leg.title.value} will be back.
      </span>
    </p>
  );
};

/** Somebody who was asked to come into the call. */
const Rung = ({ call }: { call: CallState }): JSX.Element => (
  <div class="bar">
    <Icon name="phone" />
    <span>Ringing {nameOf(call)}…</span>
    {call.direction === 'outgoing' && (
      <button
        type="button"
        class="button small"
        onClick={() => void centre.client.hangUp(call.id).catch(() => {})}
      >
        Stop ringing
      </button>
    )}
  </div>
);

const Waiting = ({ leg }: { leg: Leg }): JSX.Element => (
  <div class="bar accent">
    <Icon name="pause" />
    <span>
      {leg.title.value} {leg.rings.value ? 'is being called' : 'is on hold'}
    </span>
    <button type="button" class="button small" onClick={() => void centre.bringToFront(leg)}>
      Switch to {leg.title.value}
    </button>
  </div>
);

/** What is to be known of this call, and of the others one is in. */
export const CallBars = ({ leg }: { leg: Leg }): JSX.Element => (
  <>
    <div class="call-bars" role="status">
      <OnHold leg={leg} />
      <HeldByOther leg={leg} />
      {leg.open.value
        .filter(({ state }) => state === 'ringing')
        .map((call) => (
          <Rung key={call.id} call={call} />
        ))}
    </div>
    {centre.legs.value
      .filter((other) => other !== leg)
      .map((other) => (
        <Waiting key={other.roomId} leg={other} />
      ))}
  </>
);

import type { JSX } from 'preact';
import { CallBars } from './CallBars.tsx';
import { CallTools } from './CallTools.tsx';
import { Connecting } from './Connecting.tsx';
import type { Leg } from './Leg.ts';

/** A call as it is talked. */
export const InCall = ({ leg }: { leg: Leg }): JSX.Element => {
  const screen = leg.screen.value;
  const { name } = leg.room.phase.value;
  if (screen === null || name === 'joining' || name === 'ended') {
    return <Connecting leg={leg} />;
  }
  const { code, session } = screen;
  return (
    <code.CallView
      call={session}
      tools={<CallTools leg={leg} />}
      notices={<CallBars leg={leg} />}
    />
  );
};

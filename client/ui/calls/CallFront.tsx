import type { JSX } from 'preact';
import { MessageScreen } from '../voicemail/leave/MessageScreen.tsx';
import { centre } from './centre.ts';
import { EndPage } from './EndPage.tsx';
import { InCall } from './InCall.tsx';
import { RingingScreen } from './RingingScreen.tsx';

/** The call that is in front, from the first ringing to what came of it. */
export const CallFront = (): JSX.Element | null => {
  const leg = centre.front.value;
  const ended = centre.ended.value;
  const leaving = centre.desk.leaving.value;
  if (leaving !== null && (leg === null || leg.roomId === leaving.call.roomId)) {
    return <MessageScreen key={leaving.call.id} leaving={leaving} />;
  }
  if (leg !== null) {
    return leg.rings.value ? (
      <RingingScreen key={leg.roomId} leg={leg} />
    ) : (
      <InCall key={leg.roomId} leg={leg} />
    );
  }
  return ended && <EndPage ended={ended} />;
};

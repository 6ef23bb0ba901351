import type { JSX } from 'preact';
import { centre } from '../../calls/centre.ts';
import { Icon } from '../../parts/Icon.tsx';
import type { LeavingStage, MessageLeaving } from './MessageLeaving.ts';

/** What has been said is sent; where that is nothing, nothing is. */
const hangUp = async (leaving: MessageLeaving, stage: LeavingStage): Promise<void> => {
  if (stage === 'recording') {
    await leaving.send();
    return;
  }
  if (stage !== 'finishing') leaving.cancel();
  centre.dismiss();
};

const Again = ({ leaving }: { leaving: MessageLeaving }): JSX.Element | null => {
  const { name } = leaving.call.other;
  if (name === null) return null;
  return (
    <button
      type="button"
      class="button"
      aria-busy={centre.busy.value}
      onClick={() => void centre.callAgain(name, leaving.call)}
    >
      Call again
    </button>
  );
};

/** What can be done before anything is recorded, while it is, and once there is nothing more to do. */
export const MessageButtons = ({
  leaving,
  stage,
}: {
  leaving: MessageLeaving;
  stage: LeavingStage;
}): JSX.Element => {
  if (stage === 'saved' || stage === 'gone' || stage === 'lost') {
    return (
      <div class="button-row">
        <button type="button" class="button primary" onClick={() => centre.dismiss()}>
          Done
        </button>
        <Again leaving={leaving} />
      </div>
    );
  }
  const isRecording = stage === 'recording';
  const isEarly = !isRecording && stage !== 'finishing';
  return (
    <>
      <div class="button-row">
        {isRecording && (
          <button
            type="button"
            class="button primary"
            aria-busy={leaving.busy.value}
            onClick={() => void leaving.stop()}
          >
            <Icon name="stop" />
            Stop
          </button>
        )}
        <button type="button" class="button danger" onClick={() => void hangUp(leaving, stage)}>
          <Icon name="hangUp" />
          Hang up
        </button>
        {isRecording && (
          <button
            type="button"
            class="button quiet"
            onClick={() => {
              leaving.cancel();
              centre.dismiss();
            }}
          >
            Cancel
          </button>
        )}
        {isEarly && <Again leaving={leaving} />}
      </div>
      {isRecording && (
        <p class="small-print">
          Stop to listen to it before it is sent. Hang up, and what you have said is sent.
        </p>
      )}
    </>
  );
};

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { GreetingKind } from '../../../../server/protocol/greetings.ts';
import { GreetingRecorder } from './GreetingRecorder.ts';
import { RecordingView } from './RecordingView.tsx';
import { ReviewForm } from './ReviewForm.tsx';

/** A greeting that is being made: from the microphone, or of a file. */
export const GreetingEditor = ({
  kind,
  file,
  label,
  onKept,
  onDiscard,
}: {
  kind: GreetingKind;
  /** Null: it is recorded now. */
  file: File | null;
  label: string;
  onKept: () => Promise<void>;
  onDiscard: () => void;
}): JSX.Element => {
  const [recorder, setRecorder] = useState(() => (file === null ? new GreetingRecorder() : null));
  const [recorded, setRecorded] = useState<Blob | null>(file);
  useEffect(() => {
    const unsubscribe = recorder?.state.subscribe((state) => {
      if (state.name === 'recorded') setRecorded(state.sound);
    });
    return () => {
      unsubscribe?.();
      recorder?.close();
    };
  }, [recorder]);
  const again = () => {
    setRecorded(null);
    setRecorder(new GreetingRecorder());
  };
  return (
    <div class="pp-box greeting-editor" role="group" aria-label={label}>
      {recorded === null && recorder !== null ? (
        <RecordingView recorder={recorder} onAgain={again} onDiscard={onDiscard} />
      ) : (
        recorded && (
          <ReviewForm
            kind={kind}
            sound={recorded}
            onKept={onKept}
            onAgain={file === null ? again : null}
            onDiscard={onDiscard}
          />
        )
      )}
    </div>
  );
};

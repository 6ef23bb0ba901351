import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { RecordingResource } from '../../../server/protocol/recordings.ts';
import { RecordingsClient } from '../../core/RecordingsClient.ts';
import { recordedWords, stageOf } from './afterWords.ts';
import { Download } from './Download.tsx';
import './recorded.css';
import type { SeenRecording } from './SeenRecordings.ts';
import { useRecordings } from './useRecordings.ts';

const Progress = ({ recording }: { recording: RecordingResource }): JSX.Element => {
  const stage = stageOf(recording);
  const share = stage.name === 'preparing' ? stage.share : null;
  return (
    <>
      <p role="status">{stage.words}</p>
      {stage.name === 'preparing' && (
        <progress aria-label={stage.words} {...(share !== null && { value: share })} />
      )}
    </>
  );
};

const Offers = ({
  room,
  seen,
  bearer,
}: {
  room: string;
  seen: readonly SeenRecording[];
  bearer: string;
}): JSX.Element => {
  const rest = useMemo(() => new RecordingsClient(), []);
  const ids = useMemo(() => new Set(seen.map(({ id }) => id)), [seen]);
  const { recordings, state } = useRecordings({ rest, room, ids, bearer });
  return (
    <>
      {state === 'unreachable' && (
        <p role="status">The server is out of reach; this page goes on asking for the files.</p>
      )}
      {(state === 'refused' || (state === 'known' && recordings.length === 0)) && (
        <p>It can no longer be had from here.</p>
      )}
      {recordings.map((recording) => (
        <div key={recording.id} class="rec-offer">
          <Progress recording={recording} />
          {recording.state === 'ready' && (
            <Download rest={rest} recording={recording} bearer={bearer} />
          )}
        </div>
      ))}
    </>
  );
};

/** After a call that was recorded: everybody is reminded, and who may have it is handed it. */
export const Recorded = ({
  room,
  seen,
  bearer,
}: {
  room: string;
  seen: readonly SeenRecording[];
  /** The room's owner secret, where this browser has it. */
  bearer: string | undefined;
}): JSX.Element => (
  <section class="recorded" aria-labelledby="recorded-words">
    <h2 id="recorded-words">
      <span class="rec-dot" aria-hidden="true" />
      {recordedWords(seen)}
    </h2>
    {bearer === undefined ? (
      <p class="soft">Whoever started the room can download it and hand it on.</p>
    ) : (
      <Offers room={room} seen={seen} bearer={bearer} />
    )}
  </section>
);

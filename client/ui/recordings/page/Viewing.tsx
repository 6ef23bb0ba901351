import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { RecordingResource } from '../../../../server/protocol/recordings.ts';
import { Chapters } from '../chart/Chapters.tsx';
import { SpeechChart } from '../chart/SpeechChart.tsx';
import { chaptersOf } from '../chart/speech.ts';
import type { Playable } from '../player/playable.ts';
import { Player } from '../player/Player.tsx';
import type { PlayerModel } from '../player/PlayerModel.ts';
import { useDocument } from './useDocument.ts';

/** The player, and beside it who spoke when. */
export const Viewing = ({
  recording,
  secret,
  playables,
  model,
}: {
  recording: RecordingResource;
  secret: string;
  playables: readonly Playable[];
  model: PlayerModel;
}): JSX.Element => {
  useEffect(() => model.offer(playables), [model, playables]);
  const speakers = useDocument(recording, 'speakers', secret);
  const peaks = useDocument(recording, 'peaks', secret);
  const chapters = useMemo(() => (speakers === null ? [] : chaptersOf(speakers)), [speakers]);
  return (
    <>
      <div class={chapters.length > 0 ? 'rp-viewing with-chapters' : 'rp-viewing'}>
        <Player model={model} recording={recording} secret={secret} />
        {chapters.length > 0 && <Chapters chapters={chapters} model={model} />}
      </div>
      {speakers !== null && speakers.speakers.length > 0 && (
        <SpeechChart speakers={speakers} peaks={peaks} model={model} />
      )}
    </>
  );
};

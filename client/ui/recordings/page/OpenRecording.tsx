import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { RecordingResource } from '../../../../server/protocol/recordings.ts';
import { Page } from '../../parts/Page.tsx';
import { RECORDINGS_PATH } from '../../route.ts';
import type { Access } from '../access.ts';
import { playablesOf } from '../player/playable.ts';
import { PlayerModel } from '../player/PlayerModel.ts';
import { titleOf } from '../recordingWords.ts';
import { RenderAgain } from '../renders/RenderAgain.tsx';
import { specWords } from '../renders/renderWords.ts';
import { useRenders } from '../renders/useRenders.ts';
import { StateLine } from '../StateLine.tsx';
import { useKeepFocus } from '../../parts/useKeepFocus.ts';
import { DeleteRecording } from './DeleteRecording.tsx';
import { ErasePerson } from './ErasePerson.tsx';
import { Downloads } from './Downloads.tsx';
import { Facts } from './Facts.tsx';
import type { ListedFile } from './fileGroups.ts';
import { HealthReport } from './HealthReport.tsx';
import { NameAndTags } from './NameAndTags.tsx';
import { Shares } from './Shares.tsx';
import { Viewing } from './Viewing.tsx';
import { usePlayingLink } from './usePlayingLink.ts';

export interface Open {
  readonly recording: RecordingResource;
  readonly access: Access;
}

export const OpenRecording = ({
  recording,
  access,
  onChange,
  onStale,
}: Open & {
  onChange: (recording: RecordingResource) => void;
  onStale: () => Promise<void>;
}): JSX.Element => {
  const bearer = access.kind === 'owner' ? access.bearer : null;
  const hasFiles = recording.files.some(({ bytes }) => bytes !== null);
  const link = usePlayingLink({ recording, access }, hasFiles);
  const player = useMemo(() => new PlayerModel(), []);
  const renders = useRenders(recording.id, bearer, onStale);
  const { list } = renders;
  const playables = useMemo(
    () => (list === 'looking' ? null : playablesOf(recording, list === 'none' ? [] : list)),
    [recording, list],
  );
  const detailOf = ({ name }: ListedFile): string | null => {
    const render = typeof list === 'string' ? undefined : list.find(({ file }) => file === name);
    return render ? specWords(render.spec, recording) : null;
  };
  useKeepFocus();
  return (
    <Page title={titleOf(recording)} wide>
      <Facts recording={recording} />
      {bearer !== null && <NameAndTags recording={recording} bearer={bearer} onChange={onChange} />}
      <StateLine recording={recording} quiet={playables !== null && playables.length > 0} />
      {link.state === 'failed' && (
        <p class="notice rp-unreachable" role="alert">
          It cannot be played now: the server does not answer.
          <button type="button" class="button small" onClick={link.again}>
            Try again
          </button>
        </p>
      )}
      {link.state === 'open' && playables !== null && playables.length > 0 && (
        <Viewing recording={recording} secret={link.secret} playables={playables} model={player} />
      )}
      <div class="rp-columns">
        {link.state === 'open' && hasFiles && (
          <Downloads recording={recording} secret={link.secret} detailOf={detailOf} />
        )}
        <div class="rp-column">
          {bearer !== null && recording.state === 'ready' && (
            <RenderAgain
              recording={recording}
              bearer={bearer}
              renders={renders}
              onWatch={(file) => {
                player.choose(file);
                document.querySelector<HTMLElement>('.rp-player')?.focus();
              }}
            />
          )}
          {bearer !== null && <Shares recording={recording} bearer={bearer} />}
          <HealthReport recording={recording} />
          {bearer !== null && (
            <ErasePerson recording={recording} bearer={bearer} onErased={onStale} />
          )}
          {bearer !== null && <DeleteRecording id={recording.id} bearer={bearer} />}
        </div>
      </div>
      <p>
        <a class="page-link" href={RECORDINGS_PATH}>
          All recordings
        </a>
      </p>
    </Page>
  );
};

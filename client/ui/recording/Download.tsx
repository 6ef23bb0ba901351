import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { RecordingResource } from '../../../server/protocol/recordings.ts';
import type { RecordingsClient } from '../../core/RecordingsClient.ts';
import { Icon } from '../parts/Icon.tsx';
import { showToast } from '../parts/toasts.ts';
import { fileWords } from './afterWords.ts';
import { archiveOf, fileOf, save } from './shareLinks.ts';

/** Longer leaves more time to fetch it or hand it on; whoever has the link has the recording. */
const LINK_SECONDS = 86_400;

/** The link is made when somebody asks for the files, not before. */
export const Download = ({
  rest,
  recording,
  bearer,
}: {
  rest: RecordingsClient;
  recording: RecordingResource;
  bearer: string;
}): JSX.Element => {
  const [share, setShare] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const withShare = async (use?: (share: string) => void) => {
    if (busy) return;
    setBusy(true);
    try {
      const made =
        share ?? (await rest.share(recording.id, bearer, { expiresInSeconds: LINK_SECONDS })).url;
      setShare(made);
      use?.(made);
    } catch {
      showToast('The recording could not be fetched. Please try again.', { kind: 'error' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button
        type="button"
        class="button primary"
        aria-busy={busy}
        onClick={() => void withShare((made) => save(archiveOf(made)))}
      >
        <Icon name="download" />
        Get the recording
      </button>
      <details
        class="rec-files"
        onToggle={({ currentTarget: { open } }) => {
          if (open && share === null) void withShare();
        }}
      >
        <summary>File by file</summary>
        {share !== null && (
          <ul>
            {recording.files.map((file) => (
              <li key={file.name}>
                <a href={fileOf(share, file.name)} download>
                  {fileWords(file)}
                </a>
              </li>
            ))}
          </ul>
        )}
        <p class="small-print">These links are good for one day, for whoever has them.</p>
      </details>
    </>
  );
};

import type { JSX } from 'preact';
import type { RecordingId } from '../../../../server/protocol/ids.ts';
import { Icon } from '../../parts/Icon.tsx';
import { navigate, RECORDINGS_PATH } from '../../route.ts';
import { deleteWithUndo } from '../deletes.ts';

export const DeleteRecording = ({
  id,
  bearer,
}: {
  id: RecordingId;
  bearer: string;
}): JSX.Element => (
  <section class="rp-part" aria-labelledby="rp-delete">
    <h2 id="rp-delete">Delete</h2>
    <p class="soft">
      Everything goes: all files, all links. For a few seconds it can be undone, then no more.
    </p>
    <div class="button-row">
      <button
        type="button"
        class="button rp-delete"
        onClick={() => {
          navigate(RECORDINGS_PATH);
          deleteWithUndo([{ id, bearer }]);
        }}
      >
        <Icon name="bin" />
        Delete this recording
      </button>
    </div>
  </section>
);

import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RecordingPatch, RecordingResource } from '../../../../server/protocol/recordings.ts';
import { Icon } from '../../parts/Icon.tsx';
import { showToast } from '../../parts/toasts.ts';
import { recordingsClient } from '../client.ts';
import { LineForm } from './LineForm.tsx';

/** As the wire takes them. */
const MAX_TITLE = 200;
const MAX_TAG = 64;
const MAX_TAGS = 32;

/** What opened the form has the keyboard again when it is closed. */
const useWayBack = (open: string | null) => {
  const around = useRef<HTMLDivElement>(null);
  const before = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (open === null && before.current !== null) {
      around.current?.querySelector<HTMLElement>(`[data-opens=${before.current}]`)?.focus();
    }
    before.current = open;
  }, [open]);
  return around;
};

export const NameAndTags = ({
  recording: { id, title, tags, room },
  bearer,
  onChange,
}: {
  recording: RecordingResource;
  bearer: string;
  onChange: (recording: RecordingResource) => void;
}): JSX.Element => {
  const [open, setOpen] = useState<'title' | 'tag' | null>(null);
  const save = async (patch: RecordingPatch): Promise<void> => {
    try {
      onChange(await recordingsClient.edit(id, bearer, patch));
      setOpen(null);
    } catch {
      showToast('That could not be kept. Please try again.', { kind: 'error' });
    }
  };
  const close = () => setOpen(null);
  const around = useWayBack(open);
  return (
    <div class="rp-naming" ref={around}>
      {tags.length > 0 && (
        <ul class="tags" aria-label="Tags">
          {tags.map((tag) => (
            <li key={tag} class="tag">
              {tag}
              <button
                type="button"
                aria-label={`Remove the tag ${tag}`}
                onClick={() => void save({ tags: tags.filter((other) => other !== tag) })}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {open === 'title' && (
        <LineForm
          label="Title"
          hint="Empty: it is called after its room."
          value={title ?? ''}
          placeholder={room.name}
          maxLength={MAX_TITLE}
          onSave={(text) => save({ title: text === '' ? null : text })}
          onCancel={close}
        />
      )}
      {open === 'tag' && (
        <LineForm
          label="New tag"
          hint="A word to find it by."
          value=""
          placeholder="weekly"
          maxLength={MAX_TAG}
          onSave={(text) =>
            text === '' || tags.includes(text)
              ? Promise.resolve(close())
              : save({ tags: [...tags, text] })
          }
          onCancel={close}
        />
      )}
      {open === null && (
        <div class="button-row">
          <button
            type="button"
            class="button small"
            data-opens="title"
            onClick={() => setOpen('title')}
          >
            <Icon name="pencil" />
            Rename
          </button>
          {tags.length < MAX_TAGS && (
            <button
              type="button"
              class="button small"
              data-opens="tag"
              onClick={() => setOpen('tag')}
            >
              <Icon name="plus" />
              Add a tag
            </button>
          )}
        </div>
      )}
    </div>
  );
};

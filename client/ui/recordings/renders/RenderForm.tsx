import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ParticipantId } from '../../../../server/protocol/ids.ts';
import type { RecordingResource } from '../../../../server/protocol/recordings.ts';
import type { RenderWish } from '../../../../server/protocol/renders.ts';
import { durationClock } from '../../recording/words.ts';
import { Choice } from '../../parts/Choice.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { PartsOfPeople } from './PartsOfPeople.tsx';
import { capital, LAYOUT_WORDS } from './renderWords.ts';
import { newWishForm, readWish, type WishForm, type WishProblems } from './wish.ts';

const LAYOUTS = (['grid', 'speaker', 'screen', 'single', 'audio'] as const).map(
  (layout) => [layout, capital(LAYOUT_WORDS[layout])] as const,
);
const TIME = { hint: 'Minutes and seconds, or empty', autocomplete: 'off', maxLength: 12 } as const;
const SIZES = [
  ['720p', '720p: a smaller file'],
  ['1080p', '1080p: sharper'],
  ['portrait', 'Portrait: for phones'],
] as const;
const FORMATS = [
  ['mp4', 'MP4: plays everywhere'],
  ['webm', 'WebM: free of patents'],
] as const;
const PAUSES = [
  ['cut', 'Left out'],
  ['mark', 'Shown as a card'],
] as const;

export const RenderForm = ({
  recording: { participants, durationMs },
  onWish,
  onCancel,
}: {
  recording: RecordingResource;
  onWish: (wish: RenderWish) => Promise<void>;
  onCancel: () => void;
}): JSX.Element => {
  const [form, setForm] = useState<WishForm>(newWishForm);
  const [problems, setProblems] = useState<WishProblems>({});
  const [busy, setBusy] = useState(false);
  const ref = useRef<HTMLFormElement>(null);
  const people = participants.map(({ participantId }) => participantId);
  useEffect(() => ref.current?.querySelector('select')?.focus(), []);
  const set = (more: Partial<WishForm>) => {
    setForm((old) => ({ ...old, ...more }));
    setProblems({});
  };
  const submit = async () => {
    const read = readWish(form, { durationMs, people });
    if ('problems' in read) {
      setProblems(read.problems);
      requestAnimationFrame(() =>
        ref.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus(),
      );
      return;
    }
    if (busy) return;
    setBusy(true);
    await onWish(read.wish);
    setBusy(false);
  };
  return (
    <form
      ref={ref}
      class="rp-form"
      aria-label="A new video"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Choice
        label="What is seen"
        value={form.layout}
        options={LAYOUTS}
        onChange={(layout) => set({ layout })}
      />
      {form.layout === 'single' && (
        <Choice<ParticipantId | ''>
          label="Whom"
          value={form.person ?? ''}
          options={[
            ['', 'Please choose'],
            ...participants.map(({ participantId, name }) => [participantId, name] as const),
          ]}
          problem={problems.person}
          onChange={(person) => set({ person: person === '' ? null : person })}
        />
      )}
      {form.layout !== 'audio' && (
        <Choice label="Size" value={form.size} options={SIZES} onChange={(size) => set({ size })} />
      )}
      <Choice
        label="Format"
        value={form.format}
        options={FORMATS}
        onChange={(format) => set({ format })}
      />
      <Choice
        label="Pauses"
        value={form.pauses}
        options={PAUSES}
        onChange={(pauses) => set({ pauses })}
      />
      <TextField
        {...TIME}
        label="From"
        placeholder="0:00"
        value={form.from}
        problem={problems.from}
        onInput={(from) => set({ from })}
      />
      <TextField
        {...TIME}
        label="To"
        placeholder={durationClock(durationMs)}
        value={form.to}
        problem={problems.to}
        onInput={(to) => set({ to })}
      />
      {participants.length > 1 && (
        <PartsOfPeople
          people={participants}
          parts={form.parts}
          problem={problems.parts}
          onChange={(parts) => set({ parts })}
        />
      )}
      <div class="button-row rp-wide">
        <button type="submit" class="button primary" aria-busy={busy}>
          Make it
        </button>
        <button type="button" class="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
};

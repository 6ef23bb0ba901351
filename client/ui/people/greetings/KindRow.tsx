import type { JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';
import type { Greeting, GreetingKind } from '../../../../server/protocol/greetings.ts';
import { Icon } from '../../parts/Icon.tsx';
import { GreetingEditor } from './GreetingEditor.tsx';
import { GreetingRow } from './GreetingRow.tsx';
import { inUseWords, KIND_HINTS, KIND_TITLES } from './greetingWords.ts';

/** What is being made anew: of the microphone, or of this file. */
export type Source = 'microphone' | File;

/** What callers hear in one case, and how it is made another. */
export const KindRow = ({
  kind,
  greetings,
  making,
  locked,
  onMake,
  onEnd,
  onChanged,
}: {
  kind: GreetingKind;
  /** All there are. */
  greetings: readonly Greeting[];
  making: Source | null;
  /** Another one is being made. */
  locked: boolean;
  onMake: (from: Source) => void;
  onEnd: () => void;
  onChanged: () => Promise<void>;
}): JSX.Element => {
  const id = useId();
  const record = useRef<HTMLButtonElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const own = greetings.filter((greeting) => greeting.kind === kind);
  const inUse = inUseWords(kind, greetings, Date.now());
  const title = KIND_TITLES[kind];
  const end = () => {
    onEnd();
    // The keyboard goes on where it was.
    requestAnimationFrame(() => record.current?.focus());
  };
  return (
    <li class="greeting-kind" aria-labelledby={id}>
      <div class="pp-words">
        <h3 id={id}>{title}</h3>
        <span class="small-print">{KIND_HINTS[kind]}</span>
        {inUse !== null && <span class="greeting-use">{inUse}</span>}
      </div>
      {own.length > 0 && (
        <ul aria-label={`Recorded: ${title}`}>
          {own.map((greeting) => (
            <GreetingRow
              key={greeting.language ?? ''}
              greeting={greeting}
              onChanged={onChanged}
              onDeleted={async () => {
                await onChanged();
                record.current?.focus();
              }}
            />
          ))}
        </ul>
      )}
      {making === null ? (
        <div class="button-row" hidden={locked}>
          <button
            ref={record}
            type="button"
            class="button"
            aria-label={`Record: ${title}`}
            onClick={() => onMake('microphone')}
          >
            <Icon name="microphone" />
            Record
          </button>
          <button
            type="button"
            class="button"
            aria-label={`Upload a file: ${title}`}
            onClick={() => picker.current?.click()}
          >
            Upload a file
          </button>
          <input
            ref={picker}
            type="file"
            accept="audio/*"
            aria-label={`A file: ${title}`}
            hidden
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? [];
              if (file) onMake(file);
              // The same one can be chosen again.
              currentTarget.value = '';
            }}
          />
        </div>
      ) : (
        <GreetingEditor
          kind={kind}
          file={making === 'microphone' ? null : making}
          label={`New: ${title}`}
          onKept={async () => {
            await onChanged();
            end();
          }}
          onDiscard={end}
        />
      )}
    </li>
  );
};

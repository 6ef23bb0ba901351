import type { JSX } from 'preact';
import type { Folder } from '../../../../server/protocol/voicemail.ts';
import { SearchField } from '../../parts/SearchField.tsx';
import type { Inbox } from './Inbox.ts';
import type { View } from './list/Found.ts';
import { SORT_WORDS, SORTS } from './list/order.ts';
import { FOLDER_WORDS } from './messageWords.ts';

const FOLDERS = ['inbox', 'saved', 'trash'] as const satisfies readonly Folder[];

const ONLY_WORDS = {
  all: 'All',
  unread: 'Unread',
  urgent: 'Urgent',
} as const satisfies Record<View['only'], string>;
const ONLY = ['all', 'unread', 'urgent'] as const satisfies readonly View['only'][];

const Narrowing = <T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: readonly (readonly [value: T, words: string])[];
  onChange: (value: T) => void;
}): JSX.Element => (
  <label class="mailbox-pick">
    <span class="vh">{label}</span>
    <select
      class="select"
      value={value}
      onChange={(event) => {
        const chosen = options.find(([one]) => one === event.currentTarget.value);
        if (chosen !== undefined) onChange(chosen[0]);
      }}
    >
      {options.map(([one, words]) => (
        <option key={one} value={one}>
          {words}
        </option>
      ))}
    </select>
  </label>
);

/** Which messages are shown, and in which order. */
export const MailboxHead = ({
  inbox,
  onSearch,
}: {
  inbox: Inbox;
  /** The same function at every rendering. */
  onSearch: (q: string) => void;
}): JSX.Element => {
  const { folder, sort, only } = inbox.view.value;
  return (
    <div class="mailbox-head">
      <div class="folders" role="group" aria-label="Folder">
        {FOLDERS.map((one) => (
          <button
            key={one}
            type="button"
            class="button small"
            aria-pressed={folder === one}
            onClick={() => inbox.show({ folder: one })}
          >
            {FOLDER_WORDS[one]}
          </button>
        ))}
      </div>
      <SearchField label="Search messages" placeholder="A name or a note" onSearch={onSearch} />
      <div class="mailbox-picks">
        <Narrowing
          label="Show"
          value={only}
          options={ONLY.map((one) => [one, ONLY_WORDS[one]])}
          onChange={(chosen) => inbox.show({ only: chosen })}
        />
        <Narrowing
          label="Order"
          value={sort}
          options={SORTS.map((one) => [one, SORT_WORDS[one]])}
          onChange={(chosen) => inbox.show({ sort: chosen })}
        />
      </div>
    </div>
  );
};

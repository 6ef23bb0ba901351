import type { RecordingResource } from '../../../../server/protocol/recordings.ts';
import { assertNever } from '../../parts/assertNever.ts';

export type ListedFile = RecordingResource['files'][number];

export interface FileGroup {
  readonly title: string;
  readonly words: string;
  readonly files: readonly ListedFile[];
}

const GROUPS = ['one', 'sound', 'people', 'programs'] as const;
type Group = (typeof GROUPS)[number];

const TITLES = {
  one: ['One video', 'Everybody in one file: to watch, to send on, to put on a web page.'],
  sound: ['Sound only', 'To listen on the way, or to have typed up.'],
  people: [
    'Each person separately',
    'As it was sent, nothing made smaller. All begin at the same moment and are equally long, so they lie side by side in any editor.',
  ],
  programs: ['For programs', 'Facts about the recording, to be read by other software.'],
} as const satisfies Record<Group, readonly [title: string, words: string]>;

const groupOf = ({ kind }: ListedFile): Group => {
  switch (kind) {
    case 'composite':
      return 'one';
    case 'audio':
      return 'sound';
    case 'track':
      return 'people';
    case 'poster':
    case 'peaks':
    case 'speakers':
    case 'chat':
    case 'consent':
    case 'manifest':
      return 'programs';
    default:
      return assertNever(kind);
  }
};

/** The files in groups, by what people want them for. */
export const groupsOf = (files: readonly ListedFile[]): readonly FileGroup[] =>
  GROUPS.map((group) => {
    const [title, words] = TITLES[group];
    return { title, words, files: files.filter((file) => groupOf(file) === group) };
  }).filter((group) => group.files.length > 0);

const BY_EXTENSION: ReadonlyMap<string, string> = new Map([
  ['mp4', 'Plays everywhere: phones, TVs, every editor.'],
  ['webm', 'Plays in every browser and in VLC.'],
  ['m4a', 'Plays everywhere, with good sound.'],
  ['mp3', 'For old players and podcast feeds.'],
  ['ogg', 'The smallest; for browsers, Android and VLC.'],
  ['jpg', 'To show the recording by.'],
]);

const BY_KIND: Partial<Record<ListedFile['kind'], string>> = {
  peaks: 'Loudness over time, in the format of audiowaveform.',
  speakers: 'Each person’s turns, in milliseconds.',
  consent: 'Who was told, and who answered what.',
  chat: 'What was written in the call.',
  manifest: 'Checksums that prove the files whole.',
};

const extensionOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** What it is good for. */
export const useOf = ({ kind, name }: ListedFile): string =>
  BY_KIND[kind] ?? BY_EXTENSION.get(extensionOf(name)) ?? '';

/** Goes on where it was cut off. Addresses of ours hold nothing that a shell would take amiss. */
export const curlLine = (url: string): string => `curl -C - -O '${url}'`;

import type { Greeting, GreetingKind } from '../../../../server/protocol/greetings.ts';
import { RestError } from '../../../core/RestError.ts';
import { whenWords } from '../../parts/when.ts';
import { failureWords } from '../failureWords.ts';

export const KIND_TITLES: Record<GreetingKind, string> = {
  unavailable: 'When you cannot answer',
  busy: 'While you are in a call',
  temporary: 'For a while',
  name: 'Only your name',
};

/** What it is for. */
export const KIND_HINTS: Record<GreetingKind, string> = {
  unavailable: 'Whoever reaches nobody hears it.',
  busy: 'Whoever calls while you talk hears it.',
  temporary: 'Before all others until it ends: for a holiday, for example.',
  name: 'Said before words of ours: that you are not available, and how to leave a message.',
};

const OURS = 'a voice of ours, in the language of the caller where it knows that';

const has = (greetings: readonly Greeting[], kind: GreetingKind): boolean =>
  greetings.some((greeting) => greeting.kind === kind);

export const isOver = ({ expired, until }: Pick<Greeting, 'expired' | 'until'>, now: number) =>
  expired || (until !== null && Date.parse(until) <= now);

/** What callers hear in such a case where nothing was recorded for it. */
const insteadWords = (kind: GreetingKind, greetings: readonly Greeting[]): string => {
  if (kind === 'temporary' || kind === 'name') return 'Not recorded.';
  if (kind === 'busy' && has(greetings, 'unavailable')) {
    return 'Callers hear what you recorded for when you cannot answer.';
  }
  if (has(greetings, 'name')) return 'Callers hear your name, then words of ours.';
  return `Callers hear ${OURS}.`;
};

/** What is to be known of a kind beside what is recorded of it; null: nothing. */
export const inUseWords = (
  kind: GreetingKind,
  greetings: readonly Greeting[],
  now: number,
): string | null => {
  const first = greetings
    .filter((greeting) => greeting.kind === 'temporary' && !isOver(greeting, now))
    .map(({ until }) => until ?? '')
    .toSorted()
    .at(-1);
  const isOwn = has(greetings, kind);
  if (kind !== 'temporary' && first !== undefined && (isOwn || kind !== 'name')) {
    const when = whenWords(first);
    return isOwn
      ? `Not heard until ${when}: the one for a while comes first.`
      : `Callers hear the one for a while until ${when}.`;
  }
  return isOwn ? null : insteadWords(kind, greetings);
};

/** “Until 24 Dec 2026, 18:00”; null: it does not end. */
export const endWords = (greeting: Pick<Greeting, 'expired' | 'until'>, now: number) => {
  if (greeting.until === null) return null;
  const when = whenWords(greeting.until);
  return isOver(greeting, now) ? `Ended ${when}: callers do not hear it` : `Until ${when}`;
};

/** Those that are asked for most; whoever speaks another one records for all callers. */
const LANGUAGES = 'ar cs da de el en es fi fr he hi hu it ja ko nl no pl pt ro ru sv tr uk zh';

const names = new Intl.DisplayNames('en', { type: 'language' });

/** “German callers” */
export const languageWords = (language: string | null): string =>
  language === null ? 'All callers' : `Callers who speak ${names.of(language) ?? language}`;

export const LANGUAGE_CHOICES: readonly (readonly [string, string])[] = [
  ['', languageWords(null)],
  ...LANGUAGES.split(' ')
    .map((language) => [language, names.of(language) ?? language] as const)
    .toSorted(([, a], [, b]) => a.localeCompare(b)),
];

/** “0:07” */
export const lengthWords = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** Why a greeting was not kept. */
export const refusedWords = (error: unknown): string => {
  if (!(error instanceof RestError)) return failureWords(error);
  if (error.code === 'bad_request') return error.message;
  if (error.code === 'too_large') return 'The file is too large: 12 MB at most.';
  if (error.code === 'unsupported_media_type') return 'This is no sound that can be played here.';
  return failureWords(error);
};

const two = (value: number): string => String(value).padStart(2, '0');

/** What is typed of an end, as its field wants it: local time. */
export const fieldTime = (date: Date): string => {
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
};

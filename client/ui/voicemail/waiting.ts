import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { VoicemailSummary } from '../../../server/protocol/voicemail.ts';
import { titleCount } from '../parts/title.ts';
import { sessionClient } from '../people/session.ts';

const summary = signal<VoicemailSummary | null>(null);

/** What is in one's mailbox, as it was heard of last; null: nothing was. */
export const waiting: ReadonlySignal<VoicemailSummary | null> = summary;

effect(() => {
  titleCount.value = summary.value?.new ?? 0;
});

export const noteMessages = (heard: VoicemailSummary | null): void => {
  summary.value = heard;
};

/** Asks how many messages wait for who is signed in. */
export const countMessages = (): void => {
  // They are counted again in a while.
  sessionClient.voicemailSummary().then(noteMessages, () => {});
};

/** “1 new message” */
export const newWords = (count: number): string =>
  count === 1 ? '1 new message' : `${count} new messages`;
